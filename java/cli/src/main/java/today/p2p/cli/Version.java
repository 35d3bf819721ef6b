package today.p2p.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {
    private static final String PROTOCOL = "0.7";

    @Override
    public String[] getVersion() {
        return new String[] {
            "p2p " + number() + ", protocol " + PROTOCOL + ", Java " + System.getProperty("java.version")
        };
    }

    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
