package today.p2p.serializer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.ErrorCode;

/** The registries are the truth; what stands in Java is a copy, equal both ways. */
class RegistryTest {

    @Test
    void theErrorCodesAreThoseOfTheRegistryAndNoOthers() { // ERR-1
        Map<String, String> registry = new TreeMap<>();
        rows("errors").forEach(row -> registry.put(row.get("code"), row.get("kind") + " " + row.get("link")));

        Map<String, String> ours = new TreeMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            String kind = code.kind().name().toLowerCase(Locale.ROOT);
            ours.put(code.name(), kind + (code.closesLink() ? " closed" : " open"));
        }
        assertThat(ours).isEqualTo(registry);
    }

    @Test
    void theOpcodesAreThoseOfTheRegistryAndNoOthers() { // OPC-1
        Map<String, String> registry = new TreeMap<>();
        rows("opcodes")
                .forEach(row -> registry.put(
                        row.get("name"),
                        Integer.decode(row.get("code")) + " " + row.get("as_type") + " " + row.get("as_sub_flag") + " "
                                + row.get("status")));

        Map<String, String> ours = new TreeMap<>();
        for (Opcode opcode : Opcode.values()) {
            ours.put(
                    opcode.name().toLowerCase(Locale.ROOT),
                    opcode.number() + (opcode.isType() ? " yes" : " no") + (opcode.isSubFlag() ? " yes" : " no") + " "
                            + opcode.status().name().toLowerCase(Locale.ROOT));
        }
        assertThat(ours).isEqualTo(registry);
    }

    @Test
    void oneNumberMeansOneThingAsTypeOrAsSubFlag() { // OPC-1
        assertThat(Opcode.ofType(0x01)).contains(Opcode.RENEGOTIATE);
        assertThat(Opcode.ofSubFlag(0x01)).contains(Opcode.COMPRESSION);
        assertThat(Opcode.ofType(0x05)).isEmpty();
        assertThat(Opcode.ofSubFlag(0x11)).contains(Opcode.DELTA);
        assertThat(Opcode.ofSubFlag(0x12)).isEmpty();
        assertThat(Opcode.ofType(-1)).isEmpty();
        assertThat(Opcode.ofType(1L << 32)).isEmpty();
        for (Opcode opcode : Opcode.values()) {
            assertThat(opcode.number()).isLessThan(Opcode.FIRST_OF_EXTENSIONS);
        }
    }

    @Test
    void theLimitsAreThoseOfTheRegistryAndNoOthers() throws ReflectiveOperationException { // ERR-1
        Map<String, String> registry = new TreeMap<>();
        rows("limits").stream()
                .filter(row -> String.valueOf(row.get("clause"))
                        .matches("(FRM|STR|MSG|MPK|CMP|NEG|B58|NID)-.*")) // others: the kernel's
                .forEach(row -> registry.put(row.get("name"), row.get("value") + " " + row.get("configurable")));
        // The module of the ids has this one.
        assertThat(registry.remove("max-base58")).isNotNull();

        Map<String, String> ours = new TreeMap<>();
        for (Method method : Limits.Builder.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !method.getName().equals("build")) {
                Object value = Limits.class.getMethod(method.getName()).invoke(Limits.DEFAULT);
                ours.put(kebab(method.getName()), value + " yes");
            }
        }
        for (Field field : Limits.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && field.getType() == int.class) {
                ours.put(field.getName().toLowerCase(Locale.ROOT).replace('_', '-'), field.getInt(null) + " no");
            }
        }
        assertThat(ours).isEqualTo(registry);
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static List<Map<String, String>> rows(String registry) {
        List<String> lines = lines("/protocol-spec/registry/" + registry + ".csv");
        String[] names = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            String[] cells = line.split(",", -1);
            assertThat(cells).as(line).hasSameSizeAs(names);
            for (int column = 0; column < names.length; column++) {
                row.put(names[column], cells[column]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<String> lines(String resource) {
        try (InputStream in = RegistryTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return Arrays.asList(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
