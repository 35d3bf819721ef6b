package today.p2p.model;

import java.util.HexFormat;
import java.util.stream.Collectors;

/** Values as words: short ones for people, and one exact text for each value, whatever its form. */
final class Words {

    private static final int SHOWN = 60;

    private Words() {}

    /** A short text, never longer than about a line. */
    static String of(Value value) {
        if (value instanceof Value.Int number) {
            return number.value().toString();
        }
        if (value instanceof Value.Float64 number) {
            return number.value() + " (float " + HexFormat.of().toHexDigits(number.bits()) + ")";
        }
        if (value instanceof Value.Text text) {
            return '"' + cut(text.value()) + '"';
        }
        if (value instanceof Value.Binary binary) {
            return "bin " + hex(binary.value());
        }
        if (value instanceof Value.Extension ext) {
            return "ext " + ext.type() + " " + hex(ext.value());
        }
        if (value instanceof Value.Array array) {
            return "array of " + array.items().size();
        }
        if (value instanceof Value.Dictionary map) {
            return "map of " + map.entries().size();
        }
        return value instanceof Value.Bool bool ? String.valueOf(bool.value()) : "nil";
    }

    /** Two values are the same one exactly when these texts are equal (MPK-9); maps are compared without order. */
    static String canonical(Value value) {
        if (value instanceof Value.Text text) {
            return "t" + text.value().length() + ":" + text.value();
        }
        if (value instanceof Value.Float64 number) {
            return "f" + Long.toHexString(number.bits());
        }
        if (value instanceof Value.Binary binary) {
            return "b" + binary.value().hex();
        }
        if (value instanceof Value.Extension ext) {
            return "x" + ext.type() + ":" + ext.value().hex();
        }
        if (value instanceof Value.Array array) {
            return array.items().stream().map(Words::canonical).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Value.Dictionary map) {
            return map.entries().stream()
                    .map(entry -> canonical(entry.key()) + "=" + canonical(entry.value()))
                    .sorted()
                    .collect(Collectors.joining(",", "{", "}"));
        }
        return of(value);
    }

    private static String cut(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        return text.substring(0, SHOWN) + "... (" + text.length() + " characters)";
    }

    private static String hex(Bytes bytes) {
        if (bytes.length() <= SHOWN / 2) {
            return bytes.hex();
        }
        return HexFormat.of().formatHex(bytes.array, 0, SHOWN / 2) + "... (" + bytes.length() + " bytes)";
    }
}
