using Fleet.Contracts.Storage.Postgres;
using Fleet.Core.Runs;

namespace Fleet.Cli.Tests.Database;

/// <summary>Commands work on the database that the environment names as they do on a state file.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly PostgresDatabase _database = PostgresServer.Shared.Create();
    private readonly Shell _shell;

    public DatabaseTests() => _shell = new Shell { Database = _database.Url };

    public void Dispose()
    {
        _shell.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task What_is_declared_is_read_described_and_deleted()
    {
        await _shell.DeclareAsync();

        (await Output("fleet get pools")).ShouldContain("workers");
        (await Output("fleet describe cluster prod")).ShouldContain("prod");
        (await Output("fleet delete pool prod/batch --yes")).ShouldContain("batch");
        (await Output("fleet get pools -o json")).ShouldNotContain("batch");
        File.Exists(_shell.StatePath).ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_is_listed_shown_explained_and_asked_to_pause_resume_and_cancel()
    {
        await _shell.DeclareAsync();
        await _shell.StartRunAsync("r-1", RunPhase.Running);

        (await Output("fleet runs list")).ShouldContain("prod/workers");
        (await Output("fleet runs show r-1")).ShouldContain("max-size on workers-a: 4, was 3");
        (await Output("fleet runs events r-1")).ShouldContain("drains first: short grace");
        (await Output("fleet why r-1")).ShouldContain("r-1");
        foreach (var (verb, request) in new[] { ("pause", RunRequest.Pause), ("resume", RunRequest.Resume), ("cancel", RunRequest.Cancel) })
        {
            await Output($"fleet runs {verb} r-1 --yes");
            (await _shell.StoredRunAsync("r-1")).Request.ShouldBe(request);
        }
    }

    [Fact]
    public async Task A_state_file_beside_it_is_refused()
    {
        var ran = await _shell.RunAsync("fleet runs list --state fleet.db");

        Refused(ran, "--state names fleet.db and FLEET_DATABASE names a database");
    }

    [Fact]
    public async Task A_sandbox_of_a_service_is_kept_out_of_it() =>
        Refused(await _shell.RunAsync("fleet serve --sandbox"), "unset FLEET_DATABASE");

    [Theory]
    [InlineData("mysql://fleet:s3cret@h/prod", "FLEET_DATABASE is no address of the form postgres://")]
    [InlineData("postgres://:s3cret@h/prod?sslmode=yes", "FLEET_DATABASE names no user", "FLEET_DATABASE has sslmode 'yes'; allowed: disable,")]
    [InlineData("postgres://fleet:s3cret@127.0.0.1:1/prod", "the database postgres://fleet@127.0.0.1:1/prod cannot be used", "pg_isready -h 127.0.0.1 -p 1")]
    public async Task One_that_cannot_be_used_is_refused_with_every_error_and_without_the_password(string address, params string[] errors)
    {
        _shell.Database = address;

        Refused(await _shell.RunAsync("fleet get clusters"), errors);
    }

    private async Task<string> Output(string line)
    {
        var ran = await _shell.RunAsync(line);
        ran.ExitCode.ShouldBe(ExitCode.Done, ran.Error);
        return ran.Output;
    }

    private static void Refused(Ran ran, params string[] errors)
    {
        ran.ExitCode.ShouldBe(ExitCode.Refused);
        (ran.Output + ran.Error).ShouldNotContain("s3cret");
        foreach (var error in errors)
        {
            ran.Error.ShouldContain(error);
        }
    }
}
