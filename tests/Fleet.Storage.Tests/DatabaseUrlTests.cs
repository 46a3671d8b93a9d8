namespace Fleet.Storage.Tests;

public sealed class DatabaseUrlTests
{
    private const string Secret = "s3cret";

    [Theory]
    [InlineData("postgres://fleet:s3cret@db.example.com:6432/prod?sslmode=verify-full", "db.example.com", 6432, "prod", "fleet")]
    [InlineData("postgresql://fleet@localhost", "localhost", 5432, "fleet", "fleet")]
    [InlineData("postgres://fleet:s3cret@[::1]:5433/prod", "::1", 5433, "prod", "fleet")]
    [InlineData("postgres://my%40role:p%40ss%2Fs3cret@h/data%20base", "h", 5432, "data base", "my@role")]
    [InlineData("postgres://fleet:s3cret@10.0.0.1/prod?connect_timeout=3&application_name=fleet-a&sslrootcert=%2Fetc%2Fca.pem", "10.0.0.1", 5432, "prod", "fleet")]
    public void An_address_is_read(string text, string host, int port, string database, string user)
    {
        var url = DatabaseUrl.Parse(text);

        (url.Host, url.Port, url.Database, url.User).ShouldBe((host, port, database, user));
        url.ToString().ShouldNotContain(Secret);
        DatabaseUrl.Parse(url.ToString()).ToString().ShouldBe(url.ToString());
    }

    [Theory]
    [InlineData("db.example.com")]
    [InlineData("mysql://fleet:s3cret@h/prod")]
    [InlineData("postgres:fleet:s3cret@h/prod")]
    [InlineData("postgres://fleet:x@s3cret@h/prod")]
    [InlineData("postgres://fleet:12/s3cret@h/prod")]
    [InlineData("postgres://fleet:12?s3cret@h/prod")]
    [InlineData("postgres://fleet:12#s3cret@h/prod")]
    [InlineData("postgres://fleet:s3cret@h:port/prod")]
    [InlineData("postgres://fleet:s3cret@h1:5432,h2:5432/prod")]
    [InlineData("postgres://fleet:s3cret@h/prod#s3cret")]
    [InlineData("postgres://fleet:12/s3cret")]
    public void What_is_no_address_is_refused_with_the_form_and_without_a_word_of_it(string text)
    {
        var refusal = Should.Throw<DatabaseUrlException>(() => DatabaseUrl.Parse(text));

        refusal.Message.ShouldContain("FLEET_DATABASE");
        refusal.ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public void All_errors_are_named_at_once_with_what_is_allowed()
    {
        var refusal = Should.Throw<DatabaseUrlException>(() => DatabaseUrl.Parse("postgres://:s3cret@h/prod?sslmode=yes&connect_timeout=900&application_name=&password=s3cret&sslrootcert"));

        refusal.Errors.Select(error => (error.Code, error.Field)).ShouldBe(
        [
            ("missing-value", "FLEET_DATABASE user"),
            ("invalid-value", "FLEET_DATABASE sslmode"),
            ("invalid-value", "FLEET_DATABASE connect_timeout"),
            ("missing-value", "FLEET_DATABASE application_name"),
            ("unknown-parameter", "FLEET_DATABASE password"),
            ("missing-value", "FLEET_DATABASE sslrootcert"),
        ]);
        refusal.Message.ShouldContain("verify-full");
        refusal.Message.ShouldContain("1 to 10");
        refusal.ToString().ShouldNotContain(Secret);
    }
}
