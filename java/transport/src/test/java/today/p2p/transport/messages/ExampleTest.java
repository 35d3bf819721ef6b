package today.p2p.transport.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the package's documentation is a program. */
class ExampleTest {
    private static final String IMPORTS = """
            import java.net.InetSocketAddress;
            import today.p2p.transport.*;
            import today.p2p.transport.messages.*;
            import today.p2p.transport.netty.NettyTransport;
            """;

    @Test
    void itCompilesAsItStands(@TempDir Path out) throws Exception {
        String documentation = Files.readString(Path.of(System.getProperty("p2p.root", "../.."))
                .resolve("java/transport/src/main/java/today/p2p/transport/messages/package-info.java"));
        String body = documentation
                .substring(
                        documentation.indexOf("<pre>{@code") + "<pre>{@code".length(), documentation.indexOf("}</pre>"))
                .replaceAll("(?m)^ \\*", "");
        String program = IMPORTS + "public class Chat {" + body + "}";
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();

        boolean isCompiled = ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, List.of("-d", out.toString()), null, List.of(new Source(program)))
                .call();

        assertThat(problems.getDiagnostics()).isEmpty();
        assertThat(isCompiled).isTrue();
        assertThat(body.lines().filter(line -> !line.isBlank()).count()).isLessThanOrEqualTo(25);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String program;

        Source(String program) {
            super(URI.create("string:///Chat.java"), Kind.SOURCE);
            this.program = program;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return program;
        }
    }
}
