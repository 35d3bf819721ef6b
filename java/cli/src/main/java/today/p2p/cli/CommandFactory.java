package today.p2p.cli;

import picocli.CommandLine;
import today.p2p.shell.ChatCommand;
import today.p2p.shell.NodeCommand;
import today.p2p.shell.TableCommand;
import today.p2p.terminal.Terminal;

/** Hands the terminal to those commands that take one. */
final class CommandFactory implements CommandLine.IFactory {
    private final Terminal terminal;
    private final CommandLine.IFactory fallback = CommandLine.defaultFactory();

    CommandFactory(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == FrameCommand.class) {
            return type.cast(new FrameCommand(terminal));
        }
        if (type == IdCommand.class) {
            return type.cast(new IdCommand(terminal));
        }
        if (type == DemoCommand.class) {
            return type.cast(new DemoCommand(terminal));
        }
        if (type == TesteeCommand.class) {
            return type.cast(new TesteeCommand(terminal));
        }
        if (type == NodeCommand.class) {
            return type.cast(new NodeCommand(terminal));
        }
        if (type == ChatCommand.class) {
            return type.cast(new ChatCommand(terminal));
        }
        if (type == TableCommand.class) {
            return type.cast(new TableCommand(terminal));
        }
        return fallback.create(type);
    }
}
