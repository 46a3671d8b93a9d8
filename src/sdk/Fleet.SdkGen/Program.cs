using Fleet.SdkGen;

if (args is not [var root])
{
    Console.Error.WriteLine("usage: dotnet run --project src/sdk/Fleet.SdkGen -- src/sdk");
    return 2;
}

foreach (var (path, content) in Generator.Generate(Path.Combine(root, "models")))
{
    File.WriteAllText(Path.Combine(root, path), content);
    Console.WriteLine($"{path}: {content.Count(letter => letter == '\n')} lines");
}

return 0;
