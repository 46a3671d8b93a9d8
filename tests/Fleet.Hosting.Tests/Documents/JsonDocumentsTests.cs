using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Hosting.Documents;

namespace Fleet.Hosting.Tests.Documents;

public sealed class JsonDocumentsTests
{
    [Fact]
    public void Every_node_has_its_line_and_column_in_characters()
    {
        var document = JsonDocuments.Read("{\n  \"é\": [1,\n\t{\"b\": \"x\"}]}", "f.json").Documents.ShouldHaveSingleItem();

        var list = ((DocumentMap)document)["é"].ShouldBeOfType<DocumentList>();
        list.Position.ShouldBe(new Position("f.json", 2, 8));
        list.Items[1].Position.ShouldBe(new Position("f.json", 3, 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\": 1,}")]
    [InlineData("{\"a\": 1} x")]
    [InlineData("{\n\"a\": tru\n}")]
    [InlineData("{\"a\": \"\\ud800\"}")]
    [InlineData("{\"\\udc00\": 1}")]
    public void What_is_no_JSON_is_an_error_with_a_position(string text)
    {
        var read = JsonDocuments.Read(text, "f.json");

        read.Documents.ShouldBeEmpty();
        var error = read.Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe("syntax");
        error.Line.ShouldBe(text.Contains('\n') ? 2 : 1);
    }

    [Fact]
    public void The_same_document_in_JSON_and_in_YAML_gives_the_same_spec()
    {
        var yaml = Reading.Yaml(Reading.Pool).Pools.ShouldHaveSingleItem();
        var read = DocumentText.Read(yaml.Document!, "pool.json");

        var json = InventoryReader.Read(read.Documents, new() { Clusters = [Reading.StoredProd] });

        json.Errors.ShouldBeEmpty();
        SpecJson.Write(json.Pools.ShouldHaveSingleItem()).ShouldBe(SpecJson.Write(yaml));
    }
}
