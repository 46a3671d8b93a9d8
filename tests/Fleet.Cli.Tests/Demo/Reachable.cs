using System.Collections;
using System.Reflection;

namespace Fleet.Cli.Tests.Demo;

/// <summary>
/// The objects that an object holds, through fields, wrappers, delegates, collections and the handlers of HTTP clients. What belongs to the framework beyond that is left out: its timers and threads are the
/// whole process's.
/// </summary>
internal static class Reachable
{
    public static IReadOnlyCollection<object> From(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var left = new Stack<object>([root]);
        while (left.TryPop(out var one))
        {
            if (seen.Add(one))
            {
                foreach (var held in HeldBy(one))
                {
                    left.Push(held);
                }
            }
        }

        return seen;
    }

    private static IEnumerable<object> HeldBy(object one) => one switch
    {
        string or Type or Assembly => [],
        Delegate call => call.GetInvocationList().Select(single => single.Target).OfType<object>(),
        IDictionary map => map.Keys.Cast<object>().Concat(map.Values.Cast<object?>().OfType<object>()),
        ICollection list when !IsOwn(one.GetType()) => list.Cast<object?>().OfType<object>(),
        _ => Fields(one.GetType()).Where(field => IsOwn(one.GetType()) || field.FieldType == typeof(HttpMessageHandler)).Select(field => field.GetValue(one)).OfType<object>(),
    };

    private static bool IsOwn(Type type) => type.Assembly.GetName().Name is { } name && !name.StartsWith("System.", StringComparison.Ordinal) && name != "Microsoft.Data.Sqlite";

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(field => !field.FieldType.IsPrimitive))
            {
                yield return field;
            }
        }
    }
}
