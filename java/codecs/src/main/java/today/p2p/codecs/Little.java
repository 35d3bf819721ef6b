package today.p2p.codecs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian fields, as gzip, lz4 and zstd have them. Bounds are the caller's. */
final class Little {
    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Little() {}

    static int int8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    static int int16(byte[] bytes, int at) {
        return int8(bytes, at) | int8(bytes, at + 1) << 8;
    }

    static int int32(byte[] bytes, int at) {
        return (int) INT32.get(bytes, at);
    }

    static long int64(byte[] bytes, int at) {
        return (long) INT64.get(bytes, at);
    }

    /** A number of so many bytes, at most 8; of none it is 0. */
    static long number(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | int8(bytes, at + i);
        }
        return value;
    }

    static void put(byte[] bytes, int at, int value) {
        INT32.set(bytes, at, value);
    }
}
