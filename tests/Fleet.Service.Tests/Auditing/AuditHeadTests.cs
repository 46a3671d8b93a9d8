using Fleet.Core.Access;
using Fleet.Service.Auditing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fleet.Service.Tests.Auditing;

/// <summary>The head's hash is told for as long as the service runs, whatever the store does.</summary>
public sealed class AuditHeadTests : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task A_store_that_fails_neither_ends_the_telling_with_an_error_nor_the_service() =>
        await new AuditTrail(new Away(_stopping), TimeProvider.System).TellAsync(NullLogger.Instance, _stopping.Token);

    /// <summary>Fails, as the service is told to stop.</summary>
    private sealed class Away(CancellationTokenSource stopping) : IAuditStore
    {
        public Task<AuditEntry> AppendAsync(AuditEntry entry, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<AuditEntry>> EntriesAsync(long after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AuditEntry?> CutAsync(DateTimeOffset before, DateTimeOffset now, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async Task<AuditEntry?> HeadAsync(CancellationToken cancellationToken)
        {
            await stopping.CancelAsync();
            throw new IOException("the database is away");
        }
    }
}
