using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Orchestrator.Sandbox.Weights;

/// <summary>The content of a hub's file, which can be read from anywhere and is held nowhere.</summary>
public abstract class HubContent
{
    private const int ReadAtOnce = 1 << 16;

    private string? digest;

    /// <summary>Its size in bytes.</summary>
    public abstract long Size { get; }

    /// <summary>Its SHA-256, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => digest ??= Hash();

    /// <summary>Content that is given.</summary>
    public static HubContent Of(ReadOnlyMemory<byte> bytes) => new Given(bytes);

    /// <summary>Content of any size that looks like chance and is the same for the same seed, from whatever offset it is read.</summary>
    public static HubContent Generated(long size, long seed) => new Made(size, (ulong)seed);

    /// <summary>Fills <paramref name="buffer"/> with what begins at <paramref name="offset"/>; what would be beyond the end is not touched.</summary>
    public abstract void Read(long offset, Span<byte> buffer);

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ReadAtOnce];
        for (long offset = 0; offset < Size; offset += buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, Size - offset));
            Read(offset, part);
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class Given(ReadOnlyMemory<byte> bytes) : HubContent
    {
        public override long Size => bytes.Length;

        public override void Read(long offset, Span<byte> buffer) =>
            bytes.Span.Slice((int)offset, (int)Math.Min(buffer.Length, bytes.Length - offset)).CopyTo(buffer);
    }

    private sealed class Made(long size, ulong seed) : HubContent
    {
        public override long Size => size;

        public override void Read(long offset, Span<byte> buffer)
        {
            Span<byte> word = stackalloc byte[sizeof(ulong)];
            var inWord = (int)(offset % sizeof(ulong));
            var number = (ulong)(offset / sizeof(ulong));
            if (inWord > 0)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(word, Word(number++));
                var head = word[inWord..];
                head = head[..Math.Min(head.Length, buffer.Length)];
                head.CopyTo(buffer);
                buffer = buffer[head.Length..];
            }

            for (; buffer.Length >= sizeof(ulong); buffer = buffer[sizeof(ulong)..])
            {
                BinaryPrimitives.WriteUInt64LittleEndian(buffer, Word(number++));
            }

            BinaryPrimitives.WriteUInt64LittleEndian(word, Word(number));
            word[..buffer.Length].CopyTo(buffer);
        }

        // SplitMix64: a good mixer that needs no state but the number of the word.
        private ulong Word(ulong number)
        {
            var word = (seed * 0xD1342543DE82EF95) + (number * 0x9E3779B97F4A7C15);
            word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
            word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
            return word ^ (word >> 31);
        }
    }
}
