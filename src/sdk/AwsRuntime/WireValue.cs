namespace Fleet.Sdk.Aws;

/// <summary>One member of an answer, read by the type its shape has.</summary>
internal abstract class WireValue
{
    public abstract string Text();

    public abstract int? Int32();

    public abstract long? Int64();

    public abstract double? Double();

    public abstract bool? Flag();

    /// <summary>A point in time, always in UTC.</summary>
    public abstract DateTime? Time();

    /// <summary>The items of a list; null where the protocol cannot tell an empty list from an absent one.</summary>
    public abstract List<T> List<T>(Func<WireValue, T> item);

    public abstract Dictionary<string, T> Map<T>(Func<WireValue, T> item);

    /// <summary>Hands every member to <paramref name="target"/>.</summary>
    public abstract void Into(IWireOutput target);

    public MemoryStream Blob() => Text() is { } text ? new MemoryStream(Convert.FromBase64String(text)) : null;

    public T Object<T>()
        where T : IWireOutput, new()
    {
        var target = new T();
        Into(target);
        return target;
    }
}
