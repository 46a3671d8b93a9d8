using System.Reflection;

namespace Fleet.Aws.Tests;

/// <summary>Stands before a port and answers when the answer is there: a rehearsal's ports must answer at once, and its clock stands meanwhile.</summary>
public class Awaited : DispatchProxy
{
    private object? _inner;

    internal static T Of<T>(T inner)
        where T : class
    {
        var proxy = Create<T, Awaited>();
        ((Awaited)(object)proxy)._inner = inner;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(_inner, args);
        if (answer is Task task)
        {
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }

        return answer;
    }
}
