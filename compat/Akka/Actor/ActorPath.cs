namespace Akka.Actor;

/// <summary>Where an actor stands in the tree: akka://system/user/parent/child. The uid tells incarnations of one path apart.</summary>
public sealed class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    private const string ValidSymbols = "\"-_.*$+:@&=,!~';()";
    private readonly ActorPath? parent;
    private readonly string text;

    private ActorPath(ActorPath? parent, string name, long uid, string text)
    {
        this.parent = parent;
        this.text = text;
        Name = name;
        Uid = uid;
    }

    public string Name { get; }

    public long Uid { get; }

    /// <summary>The root is its own parent.</summary>
    public ActorPath Parent => parent ?? this;

    public ActorPath Root => parent is null ? this : parent.Root;

    public IReadOnlyList<string> Elements => parent is null ? [] : [.. parent.Elements, Name];

    public static ActorPath operator /(ActorPath path, string name) => path.Child(name);

    public static bool operator ==(ActorPath? left, ActorPath? right) => Equals(left, right);

    public static bool operator !=(ActorPath? left, ActorPath? right) => !Equals(left, right);

    public ActorPath Child(string childName) => ChildWithUid(childName, 0);

    /// <summary>Letters, digits and a few symbols of ASCII; a name may not begin with a dollar sign, which marks generated names.</summary>
    public static bool IsValidPathElement(string s) =>
        !string.IsNullOrEmpty(s) && s[0] != '$' && s.All(c => char.IsAsciiLetterOrDigit(c) || ValidSymbols.Contains(c));

    public bool Equals(ActorPath? other) => other is not null && text == other.text;

    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    public override int GetHashCode() => text.GetHashCode();

    public int CompareTo(ActorPath? other) => string.CompareOrdinal(text, other?.text);

    public override string ToString() => text;

    public string ToStringWithUid() => Uid == 0 ? text : $"{text}#{Uid}";

    public string ToStringWithoutAddress() => "/" + string.Join('/', Elements);

    internal static ActorPath OfRoot(string system) => new(null, "/", 0, $"akka://{system}/");

    internal ActorPath ChildWithUid(string name, long uid) =>
        new(this, name, uid, parent is null ? text + name : $"{text}/{name}");
}
