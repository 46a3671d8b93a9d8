using System.Net;
using System.Net.Sockets;
using Fleet.Contracts.Storage.Postgres;

namespace Fleet.Storage.Tests.Postgres;

/// <summary>A database that cannot be used is refused at the start, with the cure and without the password.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly PostgresDatabase _database = PostgresServer.Shared.Create();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void A_server_that_is_not_there_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        Refused(_database.UrlAt(port)).ShouldContain($"pg_isready -h 127.0.0.1 -p {port}");
    }

    [Fact]
    public void A_database_that_is_not_there_is_named_with_how_it_is_made() =>
        Refused(_database.Url.Replace(_database.Name, "nowhere", StringComparison.Ordinal)).ShouldContain("createdb -h 127.0.0.1");

    [Fact]
    public void A_wrong_password_is_refused_and_not_shown() =>
        Refused(_database.Url.Replace("postgres:p", "postgres:s3cret", StringComparison.Ordinal)).ShouldContain("check user and password");

    [Fact]
    public void A_user_who_may_make_no_tables_is_told_what_to_grant()
    {
        var url = LimitedUser();

        Refused(url).ShouldContain("GRANT CREATE, USAGE ON SCHEMA public TO");
    }

    [Fact]
    public async Task A_user_who_may_make_no_tables_uses_those_that_are_there()
    {
        using (new PostgresStore(DatabaseUrl.Parse(_database.Url), TimeProvider.System))
        {
            _database.Execute($"CREATE ROLE \"{Limited}\" LOGIN PASSWORD 'x'; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO \"{Limited}\"");
        }

        using var store = new PostgresStore(DatabaseUrl.Parse(_database.Url.Replace(Credentials, $"{Limited}:x", StringComparison.Ordinal)), TimeProvider.System);

        (await store.CommitAsync(await TestRuns.RoundAsync(store), CancellationToken.None)).Version.ShouldBe(1);
    }

    [Fact]
    public void An_encoding_that_cannot_hold_every_text_is_refused()
    {
        using var ascii = PostgresServer.Shared.Create("ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc TEMPLATE template0");

        Refused(ascii.Url).ShouldContain("createdb -E UTF8");
    }

    [Fact]
    public void The_password_is_nowhere_in_what_the_store_says_of_itself()
    {
        using var store = new PostgresStore(DatabaseUrl.Parse(_database.Url), TimeProvider.System);

        store.Place.ShouldBe($"database postgres://postgres@127.0.0.1:{PostgresServer.Shared.Port}/{_database.Name}");
    }

    private static string Credentials => $"postgres:{Uri.EscapeDataString(PostgresServer.Password)}";

    private string Limited => $"limited_{_database.Name}";

    private string LimitedUser()
    {
        _database.Execute($"CREATE ROLE \"{Limited}\" LOGIN PASSWORD 'x'");
        return _database.Url.Replace(Credentials, $"{Limited}:x", StringComparison.Ordinal);
    }

    private static string Refused(string url)
    {
        var refusal = Should.Throw<DatabaseException>(() => new PostgresStore(DatabaseUrl.Parse(url), TimeProvider.System));
        refusal.ToString().ShouldNotContain("s3cret");
        refusal.ToString().ShouldNotContain(PostgresServer.Password);
        return refusal.Message;
    }
}
