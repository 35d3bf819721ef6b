package today.p2p.conformance.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to start a testee.
 *
 * @param name given with {@code name=CMD}, or empty
 * @param command as given, for reports
 * @param words the command split into words; the first is the program
 * @param extra environment variables added with {@code --env}
 * @param directory working directory
 * @param deadlines how long to wait
 */
public record Launch(
        String name,
        String command,
        List<String> words,
        Map<String, String> extra,
        Path directory,
        Deadlines deadlines) {

    // What programs need to start at all, and nothing that changes how they behave: a PYTHONUNBUFFERED that leaks in
    // from a developer's shell hides a missing flush.
    private static final List<String> KEPT = List.of(
            "PATH",
            "HOME",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TMPDIR",
            "JAVA_HOME",
            "SystemRoot",
            "PATHEXT",
            "TEMP",
            "TMP",
            "USERPROFILE");

    public Launch {
        words = List.copyOf(words);
        extra = Map.copyOf(extra);
    }

    /**
     * How long to wait before silence counts as a fault.
     *
     * @param hello for the first reply, which includes the start of a virtual machine or interpreter
     * @param call for every other reply, and for the end after {@code bye}
     */
    public record Deadlines(Duration hello, Duration call) {
        private static final Duration LEAST = Duration.ofSeconds(1);
        private static final Duration MOST = Duration.ofSeconds(5);

        /** For a dying process to say its last words, or an unflushed one to prove that it is: a second to five. */
        Duration lastWords() {
            Duration most = call.compareTo(MOST) < 0 ? call : MOST;
            return most.compareTo(LEAST) > 0 ? most : LEAST;
        }

        /** The same with so many times as much time. */
        public Deadlines times(int factor) {
            return new Deadlines(hello.multipliedBy(factor), call.multipliedBy(factor));
        }
    }

    /** Starts with a letter and holds no blank or slash: then what stands before {@code =} is a name. */
    public static Launch of(String given, Map<String, String> extra, Path directory, Deadlines deadlines) {
        int equals = given.indexOf('=');
        boolean named = equals > 0 && given.substring(0, equals).matches("[A-Za-z][\\w.+-]*");
        String name = named ? given.substring(0, equals) : "";
        String command = named ? given.substring(equals + 1) : given;
        return new Launch(name, command, Words.split(command), extra, directory, deadlines);
    }

    public boolean hasNameOf(Launch other) {
        return name.equals(other.name());
    }

    /** The environment of the testee, whole. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : KEPT) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.putIfAbsent("LANG", "C.UTF-8");
        environment.putAll(extra);
        return environment;
    }
}
