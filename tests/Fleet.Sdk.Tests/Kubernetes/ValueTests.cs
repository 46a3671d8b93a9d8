using k8s;
using k8s.Models;

namespace Fleet.Sdk.Tests.Kubernetes;

public sealed class ValueTests
{
    [Theory]
    [InlineData("1024Mi", "1Gi", 1073741824)]
    [InlineData("1500Mi", "1500Mi", 1572864000)]
    [InlineData("512", "512", 512)]
    [InlineData("0.5", "500m", 0.5)]
    [InlineData("1500m", "1500m", 1.5)]
    [InlineData("2000m", "2", 2)]
    [InlineData("1e3", "1e3", 1000)]
    [InlineData("5k", "5k", 5000)]
    [InlineData("1Ei", "1Ei", 1152921504606846976)]
    [InlineData("0.5Ki", "512", 512)]
    [InlineData("-3", "-3", -3)]
    [InlineData("0", "0", 0)]
    [InlineData("0.1n", "1n", 0.000000001)]
    [InlineData("100M", "100M", 100000000)]
    public void A_quantity_has_the_canonical_form_of_the_API_server(string given, string canonical, double value)
    {
        var quantity = new ResourceQuantity(given);

        quantity.ToString().ShouldBe(canonical);
        ((double)quantity.ToDecimal()).ShouldBe(value);
        KubernetesJson.Deserialize<ResourceQuantity>(KubernetesJson.Serialize(quantity)).ToDecimal().ShouldBe(quantity.ToDecimal());
    }

    [Theory]
    [InlineData("1Q")]
    [InlineData("abc")]
    [InlineData("")]
    public void A_quantity_that_is_none_is_refused(string given) => Should.Throw<FormatException>(() => new ResourceQuantity(given));

    [Theory]
    [InlineData("5", "5")]
    [InlineData("\"25%\"", "25%")]
    public void An_int_or_string_is_a_number_on_the_wire_when_it_is_one(string wire, string value)
    {
        var read = KubernetesJson.Deserialize<IntOrString>(wire);

        read.Value.ShouldBe(value);
        KubernetesJson.Serialize(read).ShouldBe(wire);
    }

    [Fact]
    public void A_micro_time_always_has_six_digits_of_fraction()
    {
        var whole = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

        var json = KubernetesJson.Serialize(new V1LeaseSpec { RenewTime = whole, AcquireTime = whole.AddMicroseconds(12) });

        json.ShouldContain("\"renewTime\":\"2026-01-02T03:04:05.000000Z\"");
        json.ShouldContain("\"acquireTime\":\"2026-01-02T03:04:05.000012Z\"");
        KubernetesJson.Deserialize<V1LeaseSpec>(json).AcquireTime.ShouldBe(whole.AddMicroseconds(12));
    }

    [Fact]
    public void A_time_is_read_and_written_in_UTC_without_a_needless_fraction()
    {
        var meta = KubernetesJson.Deserialize<V1ObjectMeta>("""{"creationTimestamp":"2026-01-02T05:04:05+02:00"}""");

        meta.CreationTimestamp.ShouldBe(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        meta.CreationTimestamp!.Value.Kind.ShouldBe(DateTimeKind.Utc);
        KubernetesJson.Serialize(meta).ShouldBe("""{"creationTimestamp":"2026-01-02T03:04:05Z"}""");
    }

    [Fact]
    public void Names_that_are_reserved_words_keep_their_name_on_the_wire()
    {
        var json = KubernetesJson.Serialize(new V1Toleration { OperatorProperty = "Exists", Key = "k" });

        json.ShouldBe("""{"key":"k","operator":"Exists"}""");
    }

    [Fact]
    public void A_budgets_disrupted_pods_are_times()
    {
        var status = KubernetesJson.Deserialize<V1PodDisruptionBudgetStatus>(
            """{"currentHealthy":2,"desiredHealthy":2,"disruptionsAllowed":0,"expectedPods":3,"disruptedPods":{"p":"2026-01-02T03:04:05Z"}}""");

        status.DisruptedPods!["p"].ShouldBe(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
    }
}
