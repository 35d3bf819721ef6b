package today.p2p;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;

/**
 * Objects of Java as values of msgpack, and back. Strict: what has no form of its own is refused with its place.
 *
 * <table>
 * <caption>What becomes what</caption>
 * <tr><th>Java</th><th>msgpack</th><th>and back</th></tr>
 * <tr><td>{@code null}</td><td>nil</td><td>{@code null}</td></tr>
 * <tr><td>{@link Boolean}</td><td>boolean</td><td>{@link Boolean}</td></tr>
 * <tr><td>{@link Byte}, {@link Short}, {@link Integer}, {@link Long}, {@link BigInteger} of -2^63..2^64-1</td>
 * <td>integer</td><td>{@link Long}; {@link BigInteger} from 2^63 on</td></tr>
 * <tr><td>{@link Float}, {@link Double}</td><td>float</td><td>{@link Double}</td></tr>
 * <tr><td>{@link String}</td><td>text</td><td>{@link String}</td></tr>
 * <tr><td>{@code byte[]}, {@link ByteBuffer}, {@link Bytes}</td><td>binary</td><td>{@link Bytes}</td></tr>
 * <tr><td>{@link List}, {@code Object[]}</td><td>array</td><td>{@link List}</td></tr>
 * <tr><td>{@link Map}</td><td>map</td><td>{@link Map}, in the order of its entries</td></tr>
 * <tr><td>{@link Value}</td><td>itself</td><td>an extension type stays a {@link Value.Ext}</td></tr>
 * </table>
 */
public final class Values {
    private Values() {}

    /**
     * The value of an object.
     *
     * @throws IllegalArgumentException when it, or something in it, has none: the message names the place
     */
    public static Value of(@Nullable Object object) {
        return of(object, "value", 1);
    }

    /** The values of a row of objects; a lone {@code null} is one nil. */
    static List<Value> row(@Nullable Object @Nullable [] objects) {
        if (objects == null) {
            return List.of(Value.nil());
        }
        List<Value> values = new ArrayList<>(objects.length);
        for (int index = 0; index < objects.length; index++) {
            values.add(of(objects[index], "value[" + index + "]", 1));
        }
        return values;
    }

    /** The object of a value; the collections in it cannot be changed. */
    public static @Nullable Object toJava(Value value) {
        return switch (value.kind()) {
            case NIL -> null;
            case BOOL -> ((Value.Bool) value).value();
            case INT -> integer((Value.Int) value);
            case FLOAT -> ((Value.Float) value).value();
            // Not text(), which would keep the String beside its bytes for as long as a table holds the value.
            case TEXT -> ((Value.Text) value).bytes().utf8();
            case BINARY -> ((Value.Binary) value).bytes();
            case ARRAY -> list(((Value.Array) value).items());
            case MAP -> map((Value.Map) value);
            case EXT -> value;
        };
    }

    private static Value of(@Nullable Object object, String place, int depth) {
        if (depth > Limits.MAX_DEPTH) {
            throw new IllegalArgumentException(place + " is nested deeper than " + Limits.MAX_DEPTH);
        }
        if (object == null) {
            return Value.nil();
        } else if (object instanceof Value value) {
            return value;
        } else if (object instanceof List<?> list) {
            return array(list, place, depth);
        } else if (object instanceof Object[] array) {
            return array(Arrays.asList(array), place, depth);
        } else if (object instanceof Map<?, ?> map) {
            return map(map, place, depth);
        }
        try {
            return scalar(object, place);
        } catch (NotEncodableException refused) {
            throw new IllegalArgumentException(place + ": " + refused.getMessage(), refused);
        }
    }

    private static Value scalar(Object object, String place) {
        if (object instanceof String text) {
            return Value.of(text);
        } else if (object instanceof Number number) {
            return number(number, place);
        } else if (object instanceof Boolean bool) {
            return Value.of(bool.booleanValue());
        } else if (object instanceof byte[] bytes) {
            return Value.of(Bytes.of(bytes));
        } else if (object instanceof Bytes bytes) {
            return Value.of(bytes);
        } else if (object instanceof ByteBuffer buffer) {
            return Value.of(Bytes.copyOf(buffer));
        }
        throw noForm(object, place);
    }

    private static Value number(Number number, String place) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return Value.of(number.longValue());
        } else if (number instanceof Double || number instanceof Float) {
            return Value.of(number.doubleValue());
        } else if (number instanceof BigInteger big) {
            return Value.of(big);
        }
        throw noForm(number, place);
    }

    private static IllegalArgumentException noForm(Object object, String place) {
        return new IllegalArgumentException(place + " is a " + object.getClass().getName()
                + ", which has no form in msgpack; null, booleans, numbers, text, bytes, lists and maps have one");
    }

    private static Value array(List<?> list, String place, int depth) {
        List<Value> items = new ArrayList<>(list.size());
        for (Object item : list) {
            items.add(of(item, place + "[" + items.size() + "]", depth + 1));
        }
        return Value.of(items);
    }

    private static Value map(Map<?, ?> map, String place, int depth) {
        List<Value.Entry> entries = new ArrayList<>(map.size());
        Set<Value> keys = new HashSet<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Value key = of(entry.getKey(), "a key of " + place, depth + 1);
            if (!keys.add(key)) {
                throw new IllegalArgumentException(place + " has two keys that are both " + key);
            }
            entries.add(new Value.Entry(key, of(entry.getValue(), place + "[" + key + "]", depth + 1)));
        }
        return Value.map(entries);
    }

    private static Object integer(Value.Int number) {
        return number.isAboveLong() ? number.bigValue() : (Object) number.longValue();
    }

    // What came is nested no deeper than MPK-7 allows, so this recursion ends soon.
    private static List<@Nullable Object> list(List<Value> items) {
        List<@Nullable Object> objects = new ArrayList<>(items.size());
        items.forEach(item -> objects.add(toJava(item)));
        return Collections.unmodifiableList(objects);
    }

    private static Map<@Nullable Object, @Nullable Object> map(Value.Map map) {
        Map<@Nullable Object, @Nullable Object> objects = new LinkedHashMap<>();
        map.entries().forEach(entry -> objects.put(toJava(entry.key()), toJava(entry.value())));
        return Collections.unmodifiableMap(objects);
    }

    /** The two kinds of keys that tables have. */
    interface Keys<K> {
        Keys<String> TEXT = new Keys<>() {
            @Override
            public @Nullable Bytes bytes(Object key) {
                // Not well-formed: no such text can have been written.
                return key instanceof String text ? ((Value.Text) of(text)).bytes() : null;
            }

            @Override
            public Optional<String> key(Bytes bytes) {
                return bytes.isUtf8() ? Optional.of(bytes.utf8()) : Optional.empty();
            }

            @Override
            public boolean hasAll() {
                return false;
            }
        };

        Keys<Bytes> BYTES = new Keys<>() {
            @Override
            public @Nullable Bytes bytes(Object key) {
                return key instanceof Bytes bytes ? bytes : null;
            }

            @Override
            public Optional<Bytes> key(Bytes bytes) {
                return Optional.of(bytes);
            }

            @Override
            public boolean hasAll() {
                return true;
            }
        };

        /** The bytes of an object; null when it is no such key. */
        @Nullable
        Bytes bytes(Object key);

        /** The key of these bytes; empty when it has no such form. */
        Optional<K> key(Bytes bytes);

        /** Whether all bytes are keys. */
        boolean hasAll();
    }
}
