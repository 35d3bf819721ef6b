package today.p2p.model;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that are compared by content. The array is not copied: nobody in this package writes to it afterwards. */
final class Bytes {

    final byte[] array;

    Bytes(byte[] array) {
        this.array = array;
    }

    static Bytes ofHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    String hex() {
        return HexFormat.of().formatHex(array);
    }

    int length() {
        return array.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return hex();
    }
}
