package today.p2p.shell.chat;

/** What a chat wants done. */
sealed interface ChatOutput {

    /** How a line looks. */
    enum Look {
        SAID,
        PRIVATE,
        NOTICE,
        MISTAKE
    }

    /** Show a line: whatever strangers wrote in it is made harmless already. */
    record Show(Look look, String line) implements ChatOutput {}

    /** Tell all. */
    record ToAll(ChatMessage message) implements ChatOutput {}

    /** Tell one node. */
    record ToOne(String id, ChatMessage message) implements ChatOutput {}

    /** Dial. */
    record Connect(String address) implements ChatOutput {}

    /** The person wants to go. */
    record Quit() implements ChatOutput {}
}
