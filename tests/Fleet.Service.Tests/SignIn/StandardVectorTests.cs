using System.Text.Json;
using Fleet.Service.SignIn.Tokens;

namespace Fleet.Service.Tests.SignIn;

/// <summary>The examples of RFC 7515 (JSON Web Signature), appendix A, and RFC 7519 (JSON Web Token), sections 3.1 and 6.1.</summary>
public class StandardVectorTests
{
    private const string Payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private const string RsaKey = """
        {"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}
        """;

    private const string RsaToken = $"eyJhbGciOiJSUzI1NiJ9.{Payload}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    private const string CurveKey = """
        {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
        """;

    private const string CurveToken = $"eyJhbGciOiJFUzI1NiJ9.{Payload}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    [Theory]
    [InlineData(RsaToken, RsaKey)]
    [InlineData(CurveToken, CurveKey)]
    public void The_signed_examples_are_verified(string token, string key)
    {
        var parsed = SignedToken.Parse(token);
        Key(key).Verifies(parsed).ShouldBeTrue();
        Key(key).Verifies(parsed with { Signed = "x"u8.ToArray() }).ShouldBeFalse();
        parsed.Claims.GetProperty("iss").GetString().ShouldBe("joe");
        parsed.Claims.GetProperty("exp").GetInt64().ShouldBe(1300819380);
    }

    [Theory]
    [InlineData(RsaToken, CurveKey)]
    [InlineData(CurveToken, RsaKey)]
    public void A_key_of_the_other_kind_verifies_nothing(string token, string key) => Key(key).Verifies(SignedToken.Parse(token)).ShouldBeFalse();

    /// <summary>RFC 7515 A.1 and RFC 7519 3.1: HMAC. RFC 7515 A.4: ES512. RFC 7519 6.1: unsecured. None of them is taken.</summary>
    [Theory]
    [InlineData("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "HS256")]
    [InlineData("eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn", "ES512")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.", "none")]
    public void The_examples_of_other_algorithms_are_refused(string token, string algorithm) =>
        Should.Throw<TokenRefusedException>(() => SignedToken.Parse(token)).Message.ShouldContain($"'{algorithm}'");

    [Theory]
    [InlineData("""{"kty":"RSA","e":"AQAB","n":"AQAB"}""")]
    [InlineData("""{"kty":"oct","k":"AQAB"}""")]
    [InlineData("""{"kty":"EC","crv":"P-521","x":"AQAB","y":"AQAB"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","use":"enc"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","alg":"ES384"}""")]
    [InlineData("""{"kty":"RSA","e":"AQAB","n":"%%%"}""")]
    [InlineData("7")]
    public void Keys_that_sign_nothing_here_are_passed_over(string key) => Read(key).ShouldBeNull();

    private static SigningKey Key(string json) => Read(json).ShouldNotBeNull();

    private static SigningKey? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return SigningKey.Read(document.RootElement);
    }
}
