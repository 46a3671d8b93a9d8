namespace Fleet.Cli.Tests.Rotations;

/// <summary>A pool whose image a command writes elsewhere, too: driven here and on a server.</summary>
public sealed class HookTests : IDisposable
{
    private const string Declared = $"{SmallWorlds.Rotation}\n  hooks: [values]";
    private const double Speed = 300;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-hooks-");

    private string Place => Path.Combine(_folder.FullName, "values.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Driven_here_the_plan_shows_it_and_the_run_writes_it()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(2), Speed);
        using var shell = await site.DeclaredAsync(Declared);
        var rotate = $"fleet rotate site/workers --image {SmallWorlds.New} --settings {Settings()}";

        var plan = await shell.RunAsync($"{rotate} --dry-run");

        plan.ExitCode.ShouldBe(0, plan.Error);
        plan.Output.ShouldContain($"hook values: writes {SmallWorlds.New} (was {SmallWorlds.Old}); written back if the run ends before its canary has passed");
        File.ReadAllText(Place).ShouldBe(SmallWorlds.Old);
        var ran = await shell.RunAsync($"{rotate} --yes");
        ran.ExitCode.ShouldBe(0, ran.Output + ran.Error);
        File.ReadAllText(Place).ShouldBe(SmallWorlds.New);
    }

    [Fact]
    public async Task On_a_server_an_image_that_fails_is_written_back()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(2), Speed);
        await using var served = await ServedSite.ServeAsync(site, Declared, settings: Settings());

        var ran = await served.Shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Broken} --yes --wait");

        ran.ExitCode.ShouldBe(ExitCode.Stands, ran.Output + ran.Error);
        (await served.Shell.RunAsync($"fleet rotate site/workers --settings {Place} --yes")).Error.ShouldContain("--settings is for runs on this machine; a server has settings of its own");
        File.ReadAllLines($"{Place}.log").ShouldBe([$"{SmallWorlds.Old} to {SmallWorlds.Broken}", $"{SmallWorlds.Broken} to {SmallWorlds.Old}"]);
        File.ReadAllText(Place).ShouldBe(SmallWorlds.Old);
    }

    [Fact]
    public async Task Without_the_settings_nothing_begins()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(2), Speed);
        using var shell = await site.DeclaredAsync(Declared);
        var before = site.Writes().Count;

        var ran = await shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.New} --yes");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("spec.hooks names 'values', which is no hook of the settings; name it under hooks in the settings (fleet serve --settings, fleet rotate --settings), or take it out of the pool");
        site.Writes().Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_command_that_fails_is_refused_with_its_own_words()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(2), Speed);
        using var shell = await site.DeclaredAsync(Declared);
        var settings = Settings();
        File.Delete(Place);

        var ran = await shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.New} --settings {settings} --yes");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain($"hook values cannot tell what is written: hook values: 'read' ended with exit code 1: cat: {Place}: No such file or directory; mend its command; nothing was changed");
    }

    private string Settings()
    {
        File.WriteAllText(Place, SmallWorlds.Old);
        var command = Path.Combine(_folder.FullName, "hook.sh");
        File.WriteAllText(command, """
            #!/bin/bash
            case $1 in
              read) cat "$PLACE" ;;
              write) printf %s "$FLEET_VALUE" >"$PLACE"; echo "$FLEET_BEFORE to $FLEET_VALUE" >>"$PLACE.log" ;;
            esac
            """);
        var settings = Path.Combine(_folder.FullName, "service.yaml");
        File.WriteAllText(settings, $"apiVersion: fleet/v1\nkind: Service\nhooks:\n  values: {{command: [/bin/bash, {command}], environment: {{PLACE: {Place}}}}}\n");
        return settings;
    }
}
