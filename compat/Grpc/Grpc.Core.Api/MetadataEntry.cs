using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key and its value. Keys are lower case: letters, digits, '.', '_' and '-'.</summary>
    public class Entry
    {
        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = Normalize(key);
            if (!HasBinarySuffix(Key))
                throw new ArgumentException($"The key '{key}' of a binary value must end in '{BinaryHeaderSuffix}'.", nameof(key));
            _valueBytes = [.. valueBytes];
        }

        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = Normalize(key);
            if (HasBinarySuffix(Key))
                throw new ArgumentException($"The key '{key}' of a text value must not end in '{BinaryHeaderSuffix}'.", nameof(key));
            _value = value;
        }

        public string Key { get; }

        public bool IsBinary => _value is null;

        public string Value => _value ?? throw new InvalidOperationException($"The value of '{Key}' is binary: read ValueBytes.");

        /// <summary>A copy of the bytes; of a text value, its ASCII bytes.</summary>
        public byte[] ValueBytes => _valueBytes is null ? Encoding.ASCII.GetBytes(_value!) : [.. _valueBytes];

        public override string ToString() =>
            IsBinary ? $"[Entry: key={Key}, valueBytes={_valueBytes!.Length} bytes]" : $"[Entry: key={Key}, value={_value}]";

        internal static bool HasBinarySuffix(string key) => key.EndsWith(BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase);

        internal bool HasKey(string key) => string.Equals(Key, key, StringComparison.OrdinalIgnoreCase);

        private static string Normalize(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            bool valid = key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
            return valid
                ? key.ToLowerInvariant()
                : throw new ArgumentException($"The metadata key '{key}' may hold only letters, digits, '.', '_' and '-'.", nameof(key));
        }
    }
}
