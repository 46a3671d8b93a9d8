using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Fleet.Core.Access;
using Fleet.Hosting.Settings;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Http;

/// <summary>
/// Requests a minute per caller who signed in, and per address for the rest; streams and waiting requests at a time per caller. Good credentials from an address with many bad ones pass: behind a proxy all come from one.
/// What is remembered is bounded: callers are those with credentials, addresses share a fixed number of buckets.
/// </summary>
internal sealed class RequestLimiter : IDisposable
{
    private const int Buckets = 8192;

    private readonly RequestLimits _limits;
    private readonly Func<int> _replicas;
    private readonly PartitionedRateLimiter<string> _callers;
    private readonly PartitionedRateLimiter<string> _following;
    private readonly PartitionedRateLimiter<int> _addresses;

    /// <param name="limits">The limits.</param>
    /// <param name="replicas">How many replicas the callers' requests are spread over now. Each counts a request as so many: together they hold the limit, where requests come to all of them alike.</param>
    /// <param name="clock">What minutes pass on.</param>
    public RequestLimiter(RequestLimits limits, Func<int> replicas, TimeProvider clock)
    {
        (_limits, _replicas) = (limits, replicas);
        _callers = PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.Get(name, _ => new MinuteLimiter(limits.Caller, clock)));
        _following = PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.GetConcurrencyLimiter(name, _ => new ConcurrencyLimiterOptions { PermitLimit = limits.Following }));
        _addresses = PartitionedRateLimiter.Create<int, int>(bucket => RateLimitPartition.Get(bucket, _ => new MinuteLimiter(limits.Address, clock)));
    }

    public void Dispose()
    {
        _callers.Dispose();
        _following.Dispose();
        _addresses.Dispose();
    }

    /// <summary>Counts a request that nobody signed in for.</summary>
    /// <exception cref="ApiException">429.</exception>
    public void CountAddress(HttpContext http)
    {
        using var lease = _addresses.AttemptAcquire(Bucket(http.Connection.RemoteIpAddress), Share(_limits.Address));
        if (!lease.IsAcquired)
        {
            throw TooMany(http, lease, "limits.address", $"more than {_limits.Address} requests a minute from {http.Connection.RemoteIpAddress} without good credentials");
        }
    }

    /// <summary>Counts a caller's request; what is returned is held while the request lasts.</summary>
    /// <exception cref="ApiException">429.</exception>
    public IDisposable Count(HttpContext http, Caller caller)
    {
        using var lease = _callers.AttemptAcquire(caller.Name, Share(_limits.Caller));
        if (!lease.IsAcquired)
        {
            throw TooMany(http, lease, "limits.caller", $"more than {_limits.Caller} requests a minute by {caller.Name}");
        }

        var follows = http.Request.Query.ContainsKey("wait") || http.Request.Path.Value!.EndsWith("/events", StringComparison.Ordinal);
        var held = _following.AttemptAcquire(caller.Name, follows ? Share(_limits.Following) : 0);
        if (follows && !held.IsAcquired)
        {
            using (held)
            {
                throw TooMany(http, held, "limits.following", $"more than {_limits.Following} streams and waiting requests at a time by {caller.Name}");
            }
        }

        return held;
    }

    /// <summary>What a request counts here; one at a time is let through however many replicas there are.</summary>
    private int Share(int limit) => Math.Min(_replicas(), limit);

    private ApiException TooMany(HttpContext http, RateLimitLease lease, string setting, string what)
    {
        var share = _replicas() is var replicas and > 1 ? $", of which each of {replicas} replicas answers its share" : "";
        var seconds = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Max(1, Math.Ceiling(after.TotalSeconds)) : 10;
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new ApiException(429, "too-many-requests", $"{what} ({setting} in the server's settings){share}; ask again in {seconds} s");
    }

    /// <summary>Whoever has one IPv6 address has its /64. The hash differs from process to process, so that nobody can aim at another's bucket.</summary>
    private static int Bucket(IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.None;
        var bytes = plain.GetAddressBytes().AsSpan(0, plain.AddressFamily == AddressFamily.InterNetworkV6 ? 8 : 4);
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return (int)((uint)hash.ToHashCode() % Buckets);
    }
}
