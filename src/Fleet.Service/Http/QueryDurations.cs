using Fleet.Core.Inventory;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Http;

/// <summary>Durations in queries.</summary>
internal static class QueryDurations
{
    /// <summary>Longest that a caller may be kept waiting; it asks again after that.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>How long the caller wants to wait; zero where it does not say.</summary>
    public static TimeSpan Wait(HttpContext http)
    {
        var text = (string?)http.Request.Query["wait"];
        return text is null ? TimeSpan.Zero
            : Durations.TryParse(text, out var wait) && wait <= Longest ? wait
            : throw ApiException.Invalid([InputError.Argument("invalid-value", "wait", text, $"{Durations.Allowed}, at most {Durations.Format(Longest)}", $"wait is '{text}'; allowed: {Durations.Allowed}, at most {Durations.Format(Longest)}")]);
    }
}
