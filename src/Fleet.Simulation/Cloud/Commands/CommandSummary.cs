namespace Fleet.Simulation.Cloud.Commands;

/// <summary>A command's state, drawn from those of its invocations.</summary>
/// <param name="Status">One of <see cref="CommandStatus"/>.</param>
/// <param name="Details">In detail.</param>
/// <param name="Completed">How many invocations have ended.</param>
/// <param name="Errors">How many of them failed or were not ended in time.</param>
/// <param name="Undelivered">How many of them were never delivered.</param>
public sealed record CommandSummary(string Status, string Details, int Completed, int Errors, int Undelivered)
{
    /// <summary>Draws it.</summary>
    public static CommandSummary Of(SentCommand command, CommandEngine engine)
    {
        var all = engine.InvocationsOf(command).ToList();
        var ended = all.Where(invocation => CommandStatus.IsFinal(invocation.Status)).ToList();
        var undelivered = ended.Count(invocation => invocation.Details == CommandStatus.DeliveryTimedOut);
        var errors = ended.Count(invocation => invocation.Status is CommandStatus.Failed or CommandStatus.TimedOut) - undelivered;
        var (status, details) = (all, ended.Count) switch
        {
            ([], _) => (CommandStatus.Failed, "NoInstancesInTag"),
            _ when all.Exists(invocation => invocation.Status == CommandStatus.Cancelling) => (CommandStatus.Cancelling, CommandStatus.Cancelling),
            (_, 0) when all.TrueForAll(invocation => invocation.Status is CommandStatus.Pending or CommandStatus.Delayed) => (CommandStatus.Pending, CommandStatus.Pending),
            _ when ended.Count < all.Count => (CommandStatus.InProgress, CommandStatus.InProgress),
            _ => ended.OrderByDescending(Weight).Select(worst => (worst.Status, worst.Details)).First(),
        };
        return new CommandSummary(status, details, ended.Count, errors, undelivered);
    }

    private static int Weight(CommandInvocation ended) => ended.Status switch
    {
        CommandStatus.Failed => 3,
        CommandStatus.TimedOut => 2,
        CommandStatus.Cancelled => 1,
        _ => 0,
    };
}
