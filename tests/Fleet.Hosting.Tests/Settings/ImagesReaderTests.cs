using Fleet.Core.Inventory;
using Fleet.Hosting.Settings;

namespace Fleet.Hosting.Tests.Settings;

public sealed class ImagesReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-settings-");
    private readonly List<InputError> _errors = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Templates_owners_and_packer_are_read()
    {
        foreach (var name in (string[])["worker", "legacy"])
        {
            Directory.CreateDirectory(Path.Combine(_folder.FullName, name));
            File.WriteAllText(Path.Combine(_folder.FullName, name, $"{name}.pkr.hcl"), "");
        }

        var images = Read(
            """
            templates:
                worker: {folder: worker}
                legacy: {folder: ./legacy, trusted: true}
              templateRepositories: ["https://git.example/images.git"]
              baseOwners: ["136693071363", amazon]
              cache: cache
              endpoint: http://127.0.0.1:5000
              sweep: {every: 1d, parameters: [/images]}
            """).ShouldNotBeNull(string.Join("\n", _errors)).Images;

        images.Templates["worker"].ShouldBe(new(Path.Combine(_folder.FullName, "worker"), Trusted: false));
        images.Templates["legacy"].Trusted.ShouldBeTrue();
        images.TemplateRepositories.ShouldBe(["https://git.example/images.git"]);
        images.BaseOwners!.Value.ShouldBe(["136693071363", "amazon"]);
        images.SweepEvery.ShouldBe(TimeSpan.FromDays(1));
        images.SweepParameters.ShouldBe(["/images"]);
        (images.Packer, images.Cache, images.Endpoint).ShouldBe(("packer", Path.Combine(_folder.FullName, "cache"), new Uri("http://127.0.0.1:5000")));
    }

    [Fact]
    public void Without_the_section_nothing_can_be_built_from() => Read(null).ShouldNotBeNull().Images.BaseOwners!.Value.ShouldBeEmpty();

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        Read(
            """
            templates:
                worker: {folder: nowhere}
              templateRepositories: ["http://git.example/images.git"]
              baseOwners: [debian]
              packer: /no/such/packer
              endpoint: somewhere
              sweep: {parameters: [images]}
              region: eu-central-1
            """).ShouldBeNull();

        _errors.Select(error => error.Field).ShouldBe(
            ["images.templates.worker.folder", "images.templateRepositories[0]", "images.baseOwners[0]", "images.packer", "images.endpoint", "images.sweep.every", "images.sweep.parameters[0]", "images.region"], ignoreOrder: true);
    }

    private ServiceSettings? Read(string? images)
    {
        var path = Path.Combine(_folder.FullName, "service.yaml");
        File.WriteAllText(path, $"apiVersion: fleet/v1\nkind: Service\n{(images is null ? "" : $"images:\n  {images}\n")}");
        return SettingsReader.Read(path, _ => null, loopback: false, _errors);
    }
}
