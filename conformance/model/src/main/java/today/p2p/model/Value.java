package today.p2p.model;

import java.math.BigInteger;
import java.util.List;

/** One msgpack value. Text is not binary and an integer is not a float (MSG-9, MPK-3), hence one type each. */
sealed interface Value {

    /** The word for this kind of value in sentences to people. */
    String kind();

    record Nil() implements Value {
        @Override
        public String kind() {
            return "nil";
        }
    }

    record Bool(boolean value) implements Value {
        @Override
        public String kind() {
            return "boolean";
        }
    }

    record Int(BigInteger value) implements Value {
        static Int of(long value) {
            return new Int(BigInteger.valueOf(value));
        }

        @Override
        public String kind() {
            return "integer";
        }
    }

    /** A float as its IEEE-754 bits, so that -0.0 is not 0.0 (MPK-3). */
    record Float64(long bits) implements Value {
        static Float64 of(double value) {
            return new Float64(Double.doubleToRawLongBits(value));
        }

        double value() {
            return Double.longBitsToDouble(bits);
        }

        @Override
        public String kind() {
            return "float";
        }
    }

    record Text(String value) implements Value {
        @Override
        public String kind() {
            return "text";
        }
    }

    record Binary(Bytes value) implements Value {
        static Binary of(byte[] bytes) {
            return new Binary(new Bytes(bytes));
        }

        @Override
        public String kind() {
            return "binary";
        }
    }

    record Array(List<Value> items) implements Value {
        @Override
        public String kind() {
            return "array";
        }
    }

    record Entry(Value key, Value value) {}

    /** A map in the order in which it came. */
    record Dictionary(List<Entry> entries) implements Value {
        @Override
        public String kind() {
            return "map";
        }
    }

    record Extension(int type, Bytes value) implements Value {
        @Override
        public String kind() {
            return "ext";
        }
    }
}
