using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Tests.Watching;

/// <summary>Ids of log lines are what others' filters and alerts hold on to: they are fixed in docs/watching.md, and a change there is one that users must hear of.</summary>
public sealed class LogIdTests
{
    [Fact]
    public async Task Every_line_has_an_id_of_its_own_and_stands_in_the_table()
    {
        var lines =
            from type in typeof(FleetService).Assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            let message = method.GetCustomAttribute<LoggerMessageAttribute>()
            where message is not null
            orderby message.EventId
            select $"| {message.EventId} | {message.EventName ?? method.Name} | {(message.Level == LogLevel.None ? "by phase" : message.Level.ToString().ToLowerInvariant())} | {message.Message.Replace("|", "\\|", StringComparison.Ordinal)} |";

        var table = (await File.ReadAllLinesAsync(Promtool.File("docs/watching.md"))).SkipWhile(line => !line.StartsWith("| id |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));

        string.Join('\n', table).ShouldBe(string.Join('\n', lines));
        lines.Select(line => line.Split('|')[1]).ShouldBeUnique();
    }
}
