using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace Fleet.Sdk.Tests.Surface;

/// <summary>The public surface of an assembly, a fact a line, in the format that the head of src/sdk/models/api-aws.txt describes.</summary>
internal static class SurfaceReader
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Lines(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Lines).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(Type type)
    {
        var name = TypeNames.Of(type);
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return [$"{name} delegate", $"{name}({Parameters(invoke)}) delegate {TypeNames.Of(invoke.ReturnType)}"];
        }

        string[] head = [$"{name} {Kind(type)}", .. Bases(type, name)];
        return type.IsEnum
            ? [.. head, .. Enum.GetNames(type).Select(member => $"{name}.{member} = {Convert.ToInt64(Enum.Parse(type, member), CultureInfo.InvariantCulture)}")]
            : [.. head, .. Members(type, name)];
    }

    private static IEnumerable<string> Bases(Type type, string name)
    {
        if (type is { IsInterface: false, IsValueType: false, BaseType: { } baseType } && baseType != typeof(object))
        {
            yield return $"{name} extends {TypeNames.Of(baseType)}";
        }

        foreach (var implemented in type.IsEnum ? [] : type.GetInterfaces())
        {
            if (implemented.IsVisible && !(implemented.Namespace ?? "").StartsWith("System", StringComparison.Ordinal))
            {
                yield return $"{name} implements {TypeNames.Of(implemented)}";
            }
        }
    }

    private static IEnumerable<string> Members(Type type, string name)
    {
        var isRecord = IsRecord(type);
        foreach (var constructor in type.GetConstructors(Declared & ~BindingFlags.Static).Where(item => !IsGenerated(item)))
        {
            yield return $"{name}.new({Parameters(constructor)}){Obsolete(constructor)}";
        }

        foreach (var property in type.GetProperties(Declared).Where(item => item.Name != "EqualityContract"))
        {
            var isStatic = (property.GetMethod ?? property.SetMethod)!.IsStatic ? "static " : "";
            var accessors = (property.GetMethod?.IsPublic == true ? " get" : "") + (property.SetMethod?.IsPublic == true ? " set" : "");
            yield return $"{name}.{property.Name} {isStatic}property {TypeNames.Of(property.PropertyType)}{accessors}{Obsolete(property)}";
        }

        foreach (var field in type.GetFields(Declared))
        {
            yield return $"{name}.{field.Name} {(field.IsStatic ? "static " : "")}field {TypeNames.Of(field.FieldType)}{Value(field)}{Obsolete(field)}";
        }

        foreach (var method in type.GetMethods(Declared).Where(method => IsListed(method, isRecord)))
        {
            var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
            var isStatic = method.IsStatic ? "static " : "";
            yield return $"{name}.{method.Name}{generic}({Parameters(method)}) {isStatic}method {TypeNames.Of(method.ReturnType)}{Obsolete(method)}";
        }
    }

    private static bool IsListed(MethodInfo method, bool isRecord) =>
        (!method.IsSpecialName || method.Name == "op_Implicit") && method.Name is not ("Equals" or "GetHashCode" or "ToString" or "GetType")
        && !(isRecord && (IsGenerated(method) || method.Name == "<Clone>$")) && method.GetBaseDefinition() == method;

    private static string Value(FieldInfo field) => field.IsLiteral
        ? $" = \"{field.GetRawConstantValue()}\""
        : field.IsStatic && typeof(ConstantClass).IsAssignableFrom(field.FieldType) ? $" = \"{((ConstantClass)field.GetValue(null)!).Value}\"" : "";

    private static string Parameters(MethodBase method)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute), false);
        return string.Join(", ", method.GetParameters().Select((parameter, index) =>
        {
            var prefix = index == 0 && isExtension ? "this " : parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "";
            return $"{prefix}{TypeNames.Of(parameter.ParameterType)} {parameter.Name}{Default(parameter)}";
        }));
    }

    private static string Default(ParameterInfo parameter) => !parameter.HasDefaultValue ? "" : parameter.DefaultValue switch
    {
        null => " = default",
        bool flag => flag ? " = true" : " = false",
        string text => $" = \"{text}\"",
        var value => $" = {Convert.ToString(value, CultureInfo.InvariantCulture)}",
    };

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        _ => IsRecord(type) ? "record" : "class",
    };

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance) is not null;

    private static bool IsGenerated(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute), false);

    private static string Obsolete(MemberInfo member) => member.IsDefined(typeof(ObsoleteAttribute), false) ? " [obsolete]" : "";
}
