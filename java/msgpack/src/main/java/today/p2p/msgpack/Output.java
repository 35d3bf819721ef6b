package today.p2p.msgpack;

/** Packs msgpack in its shortest forms (MPK-12, MPK-13). Not thread-safe. */
abstract class Output extends Buffer {
    final void putByte(int value) {
        reserve(1);
        bytes[at++] = (byte) value;
    }

    final void putLong(long value) {
        reserve(9);
        if (value >= -32 && value < 128) {
            bytes[at++] = (byte) value;
        } else if (value < 0) {
            putNegative(value);
        } else {
            putPositive(value);
        }
    }

    /** An integer 0..2^64-1 whose 64 bits are {@code bits}. */
    final void putUnsigned(long bits) {
        if (bits >= 0) {
            putLong(bits);
        } else {
            putBig(Format.UINT64, bits);
        }
    }

    final void putDouble(double value) {
        putBig(Format.FLOAT64, Double.doubleToRawLongBits(value));
    }

    final void putTextHeader(int length) {
        if (length < 32) {
            putByte(Format.FIXSTR | length);
        } else if (length < 256) {
            put8(Format.STR8, length);
        } else {
            put16or32(Format.STR16, length);
        }
    }

    final void putBinaryHeader(int length) {
        if (length < 256) {
            put8(Format.BIN8, length);
        } else {
            put16or32(Format.BIN16, length);
        }
    }

    final void putExtHeader(int type, int length) {
        if (length >= 1 && length <= 16 && Integer.bitCount(length) == 1) {
            putByte(Format.FIXEXT1 + Integer.numberOfTrailingZeros(length));
        } else if (length < 256) {
            put8(Format.EXT8, length);
        } else {
            put16or32(Format.EXT16, length);
        }
        putByte(type);
    }

    final void putArrayHeader(int items) {
        if (items < 16) {
            putByte(Format.FIXARRAY | items);
        } else {
            put16or32(Format.ARRAY16, items);
        }
    }

    final void putMapHeader(int entries) {
        if (entries < 16) {
            putByte(Format.FIXMAP | entries);
        } else {
            put16or32(Format.MAP16, entries);
        }
    }

    final void putText(String text) {
        int chars = text.length();
        if (!Utf8.isAscii(text)) {
            putOtherText(text);
            return;
        }
        putTextHeader(chars);
        reserve(chars);
        Utf8.copyAscii(text, bytes, at);
        at += chars;
    }

    /** Text that is not ASCII: its length must be known before its header is written. */
    private void putOtherText(String text) {
        int length = Utf8.length(text);
        putTextHeader(length);
        reserve(length);
        isBroken = true;
        at = Utf8.encode(text, bytes, at);
        isBroken = false;
    }

    private void putPositive(long value) {
        if (value < 0x100) {
            bytes[at] = (byte) Format.UINT8;
            bytes[at + 1] = (byte) value;
            at += 2;
        } else if (value < 0x10000) {
            bytes[at] = (byte) Format.UINT16;
            BigEndian.put16(bytes, at + 1, (int) value);
            at += 3;
        } else if (value < 0x100000000L) {
            bytes[at] = (byte) Format.UINT32;
            BigEndian.put32(bytes, at + 1, (int) value);
            at += 5;
        } else {
            putBig(Format.UINT64, value);
        }
    }

    private void putNegative(long value) {
        if (value == (byte) value) {
            bytes[at] = (byte) Format.INT8;
            bytes[at + 1] = (byte) value;
            at += 2;
        } else if (value == (short) value) {
            bytes[at] = (byte) Format.INT16;
            BigEndian.put16(bytes, at + 1, (int) value);
            at += 3;
        } else if (value == (int) value) {
            bytes[at] = (byte) Format.INT32;
            BigEndian.put32(bytes, at + 1, (int) value);
            at += 5;
        } else {
            putBig(Format.INT64, value);
        }
    }

    private void putBig(int format, long bits) {
        reserve(9);
        bytes[at] = (byte) format;
        BigEndian.put64(bytes, at + 1, bits);
        at += 9;
    }

    private void put8(int format, int value) {
        reserve(2);
        bytes[at] = (byte) format;
        bytes[at + 1] = (byte) value;
        at += 2;
    }

    /** The form of 16 bits is {@code format}, that of 32 the next. */
    private void put16or32(int format, int value) {
        reserve(5);
        if (value < 0x10000) {
            bytes[at] = (byte) format;
            BigEndian.put16(bytes, at + 1, value);
            at += 3;
        } else {
            bytes[at] = (byte) (format + 1);
            BigEndian.put32(bytes, at + 1, value);
            at += 5;
        }
    }
}
