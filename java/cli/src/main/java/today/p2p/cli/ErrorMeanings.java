package today.p2p.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import today.p2p.msgpack.ErrorCode;

/** The rows of the registry of errors, read when the first error is to be explained. */
final class ErrorMeanings {
    private static final String REGISTRY = "/protocol-spec/registry/errors.csv";

    /** One row: the clause that defines the code, and its meaning in a sentence. */
    record Row(String clause, String meaning) {}

    private ErrorMeanings() {}

    /** The meaning of an error, and the clause of the check that failed where the code has several. */
    static Row of(ErrorCode code, Dissection.Space space) {
        Row row = of(code);
        if (code == ErrorCode.LIMIT && space == Dissection.Space.MESSAGE) {
            return new Row("MPK-7", row.meaning());
        }
        boolean inflated = code == ErrorCode.SHORT && space == Dissection.Space.PLAIN_TEXT;
        return inflated ? new Row("CMP-8", row.meaning()) : row;
    }

    static Row of(ErrorCode code) {
        return rows().stream()
                .map(row -> row.split(",", 5))
                .filter(cells -> cells[0].equals(code.name()))
                .map(cells -> new Row(cells[3], cells[4]))
                .findFirst()
                .orElse(new Row("ERR-1", code.name()));
    }

    private static List<String> rows() {
        try (InputStream in = ErrorMeanings.class.getResourceAsStream(REGISTRY)) {
            if (in == null) {
                throw new IllegalStateException(REGISTRY + " is not on the class path");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
