using System.Text.Json.Nodes;
using Fleet.Core.Runs;
using Fleet.Core.Telemetry;

namespace Fleet.Service.Notifications;

/// <summary>News of a run as others read them.</summary>
internal static class NewsText
{
    /// <summary>A sentence or two for people.</summary>
    public static string Sentence(RunNews news)
    {
        var what = news.Event switch
        {
            RunEvent.Started => "has begun",
            RunEvent.Waiting => "waits for a person",
            RunEvent.Stuck => "is stopped",
            RunEvent.Done => "is done",
            _ => $"has ended: {Labels.Name(news.Phase)}",
        };
        var (place, why) = (news.Place, string.Join("; ", news.Reasons.Select(Why)));
        return $"{news.Kind} of {place} {what} (run {news.Run}){(why.Length == 0 ? "" : $": {why}")}";
    }

    /// <summary>What a webhook gets.</summary>
    public static JsonObject Body(RunNews news) => new()
    {
        ["id"] = news.Id,
        ["event"] = Labels.Name(news.Event),
        ["at"] = news.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["run"] = news.Run,
        ["kind"] = news.Kind,
        ["cluster"] = news.Cluster,
        ["pool"] = news.Pool,
        ["phase"] = Labels.Name(news.Phase),
        ["text"] = Sentence(news),
        ["reasons"] = new JsonArray([.. news.Reasons.Select(reason => new JsonObject
        {
            ["code"] = reason.Code,
            ["sentence"] = reason.Sentence,
            ["object"] = reason.Object,
            ["limit"] = reason.Limit,
            ["value"] = reason.Value,
            ["cure"] = reason.Cure,
            ["node"] = reason.Node,
        })]),
    };

    /// <summary>What Slack gets; the three characters that mean something there are escaped ("Formatting text for app surfaces").</summary>
    public static JsonObject Slack(RunNews news) => new()
    {
        ["text"] = Sentence(news).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal),
    };

    private static string Why(Reason reason) => reason.Cure is null ? reason.Sentence : $"{reason.Sentence} ({reason.Cure})";
}
