package today.p2p.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import today.p2p.codecs.Codecs;
import today.p2p.msgpack.Bytes;
import today.p2p.serializer.Codec;
import today.p2p.terminal.Complaint;

/** Codecs by name or number, as people write them. */
final class CodecNames {
    private CodecNames() {}

    /** A list with commas; {@code all} and {@code none} stand alone. */
    static List<Codec> parse(String list) {
        if (list.equals("all")) {
            return Codecs.available();
        }
        List<Codec> codecs = new ArrayList<>();
        if (!list.equals("none")) {
            for (String word : list.split(",")) {
                codecs.add(one(word.strip()));
            }
        }
        return codecs;
    }

    /** One codec. */
    static Codec one(String word) {
        Optional<Codec> byName = Codecs.available().stream()
                .filter(codec -> codec.name().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
        return byName.or(() -> number(word).flatMap(Codecs::find)).orElseThrow(() -> {
            String known = Codecs.available().stream()
                    .map(codec -> "%s (0x%02x)".formatted(codec.name(), codec.code()))
                    .collect(Collectors.joining(", "));
            return Complaint.usage("no codec is called '" + word + "'; there are " + known);
        });
    }

    /** The name of the codec whose magic bytes begin a body. */
    static Optional<String> beginning(Bytes body) {
        byte[] bytes = body.toArray();
        return Codecs.available().stream()
                .filter(codec -> codec.begins(bytes, 0, bytes.length))
                .map(Codec::name)
                .findFirst();
    }

    private static Optional<Integer> number(String word) {
        try {
            return Optional.of(Integer.decode(word));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
