package today.p2p.serializer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The length in front of each frame: 32 bits in network byte order (FRM-1). */
final class Header {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Header() {}

    /** The length that the header at {@code at} claims, an unsigned number. */
    static int length(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static void put(byte[] bytes, int at, int length) {
        INT.set(bytes, at, length);
    }
}
