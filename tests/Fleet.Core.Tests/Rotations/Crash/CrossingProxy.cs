using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Fleet.Core.Tests.Rotations.Crash;

/// <summary>Stands before a port or the store; each call that changes something is two crossings, before it and after it.</summary>
public class CrossingProxy : DispatchProxy
{
    private static readonly string[] Reads = ["Describe", "Inspect", "Activities", "Version", "Get", "List", "Journal", "Ledger", "Lease", "Console", "Account", "Events", "Pool", "Cluster", "Status", "Find", "Resolve", "Read"];

    private object? _inner;
    private CrashPoint? _point;

    internal static T Of<T>(T inner, CrashPoint point)
        where T : class
    {
        var proxy = Create<T, CrossingProxy>();
        var crossing = (CrossingProxy)(object)proxy;
        (crossing._inner, crossing._point) = (inner, point);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var name = $"{targetMethod!.DeclaringType!.Name}.{targetMethod.Name}";
        var writes = !Reads.Any(read => targetMethod.Name.StartsWith(read, StringComparison.Ordinal));
        if (writes)
        {
            _point!.Cross($"before {name}");
        }
        else
        {
            _point!.Live(name);
        }

        object? answer;
        try
        {
            answer = targetMethod.Invoke(_inner, args);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }

        if (writes)
        {
            _point.Cross($"after {name}");
        }

        return answer;
    }
}
