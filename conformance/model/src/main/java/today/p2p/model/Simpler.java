package today.p2p.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** For a value, simpler ones to try in its place, the boldest first. Depth is that of a message that was read. */
final class Simpler {

    private Simpler() {}

    static List<Value> than(Value value) {
        List<Value> simpler = new ArrayList<>();
        if (value instanceof Value.Array array) {
            array(array.items(), simpler);
        } else if (value instanceof Value.Dictionary map) {
            map(map.entries(), simpler);
        } else if (value instanceof Value.Text text && !text.value().isEmpty()) {
            simpler.add(new Value.Text(""));
            String half = text.value().substring(0, text.value().length() / 2);
            simpler.add(new Value.Text(half));
            simpler.add(new Value.Text("a".repeat(text.value().length())));
        } else if (value instanceof Value.Binary binary && binary.value().length() > 0) {
            byte[] bytes = binary.value().array;
            simpler.add(Value.Binary.of(new byte[0]));
            simpler.add(Value.Binary.of(Arrays.copyOf(bytes, bytes.length / 2)));
        } else if (value instanceof Value.Int number && number.value().signum() != 0) {
            simpler.add(Value.Int.of(0));
            simpler.add(new Value.Int(number.value().divide(BigInteger.TWO)));
        }
        return simpler;
    }

    private static void array(List<Value> items, List<Value> simpler) {
        for (int i = items.size() - 1; i >= 0; i--) {
            List<Value> fewer = new ArrayList<>(items);
            fewer.remove(i);
            simpler.add(new Value.Array(fewer));
        }
        for (int i = 0; i < items.size(); i++) {
            for (Value inPlace : inPlaceOf(items.get(i))) {
                List<Value> changed = new ArrayList<>(items);
                changed.set(i, inPlace);
                simpler.add(new Value.Array(changed));
            }
        }
    }

    private static void map(List<Value.Entry> entries, List<Value> simpler) {
        for (int i = 0; i < entries.size(); i++) {
            List<Value.Entry> fewer = new ArrayList<>(entries);
            Value.Entry entry = fewer.remove(i);
            simpler.add(new Value.Dictionary(fewer));
            for (Value inPlace : inPlaceOf(entry.value())) {
                List<Value.Entry> changed = new ArrayList<>(entries);
                changed.set(i, new Value.Entry(entry.key(), inPlace));
                simpler.add(new Value.Dictionary(changed));
            }
        }
    }

    /** Nil, what a container holds, and the simpler forms of the value itself. */
    private static List<Value> inPlaceOf(Value value) {
        List<Value> others = new ArrayList<>();
        if (!(value instanceof Value.Nil)) {
            others.add(new Value.Nil());
        }
        if (value instanceof Value.Array array) {
            others.addAll(array.items());
        } else if (value instanceof Value.Dictionary map) {
            map.entries().forEach(entry -> others.add(entry.value()));
        }
        others.addAll(than(value));
        return others;
    }
}
