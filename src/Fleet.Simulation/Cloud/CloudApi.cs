using System.Text;
using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Cloud;

/// <summary>
/// The AWS verbs, named after their operations, as one caller uses them: each goes through the world's gate (faults, denials, log) and refuses with
/// AWS's own code and message (<see cref="CallRefusedException"/>). The ports of a rehearsal and the wire of the sandbox both call these.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="caller">Access key id of the caller.</param>
public sealed partial class CloudApi(World world, string caller)
{
    private const int BadRequest = 400;

    /// <summary>EC2's DryRun: writing EC2 calls change nothing and end in DryRunOperation (412) when they would have been permitted.</summary>
    public bool DryRun { get; init; }

    /// <summary>Region that is called; null for the world's own.</summary>
    public string? Region { get; init; }

    /// <summary>The account in that region.</summary>
    public CloudState Cloud => Region is null ? world.Cloud : world.CloudIn(Region);

    private string Stamp => world.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>STS: who calls.</summary>
    public CallerIdentity GetCallerIdentity() => Read("GetCallerIdentity", caller, () => new CallerIdentity(Cloud.Account, $"arn:aws:iam::{Cloud.Account}:user/{caller}", caller));

    private static CallRefusedException Invalid(string message) => new(BadRequest, "ValidationError", message);

    /// <summary>Cuts one page out of items with a stable order; the token names the last key of the page before, so that a page is not shifted by what comes and goes.</summary>
    private static Page<T> PageOf<T>(IEnumerable<T> items, Func<T, string> key, string? token, int size, Func<Exception> badToken)
    {
        var rest = items.Select(item => (Key: key(item), Item: item)).OrderBy(pair => pair.Key, StringComparer.Ordinal).AsEnumerable();
        if (token is not null)
        {
            var buffer = new byte[token.Length];
            if (!Convert.TryFromBase64String(token, buffer, out var length))
            {
                throw badToken();
            }

            var last = Encoding.UTF8.GetString(buffer, 0, length);
            rest = rest.Where(pair => string.CompareOrdinal(pair.Key, last) > 0);
        }

        var page = rest.Take(size + 1).ToList();
        var more = page.Count > size;
        var taken = page.Take(size).ToList();
        return new Page<T>([.. taken.Select(pair => pair.Item)], more ? Convert.ToBase64String(Encoding.UTF8.GetBytes(taken[^1].Key)) : null);
    }

    private static CallRefusedException BadToken() => new(BadRequest, "InvalidNextToken", "The token is not valid.");

    private T Read<T>(string verb, string subject, Func<T> body, string? detail = null) =>
        world.Calls.Make(new WorldCall(Api.Aws, caller, verb, subject, Writes: false, detail), body);

    private T Write<T>(string verb, string subject, string? detail, Func<T> body)
    {
        var call = new WorldCall(Api.Aws, caller, verb, subject, Writes: true, detail);
        return world.Calls.Make(call, () => Cloud.Contention?.Invoke(call) is { } refusal ? throw refusal : body());
    }

    private T WriteEc2<T>(string verb, string subject, string? detail, Func<T> body) => DryRun
        ? Read<T>(verb, subject, () => throw new CallRefusedException(412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set."), "dryRun")
        : Write(verb, subject, detail, body);

    private void Write(string verb, string subject, string? detail, Action body) => Write(verb, subject, detail, () =>
    {
        body();
        return true;
    });

    private AutoScalingGroup GroupOf(string name) =>
        Cloud.Groups.GetValueOrDefault(name) ?? throw Invalid($"AutoScalingGroup name not found - AutoScalingGroup {name} not found");
}
