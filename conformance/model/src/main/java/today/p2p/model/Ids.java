package today.p2p.model;

import java.nio.charset.StandardCharsets;
import today.p2p.model.Mutant.Defects;

/** Protocol ids and node ids, as chapter 5 makes them. */
final class Ids {
    private final Defects defects;
    private final Base58 base58;

    Ids(Defects defects, Base58 base58) {
        this.defects = defects;
        this.base58 = base58;
    }

    // SUB-1, VER-1.
    String protocolId(String subnet, String encryption) {
        String between = defects.is(Mutant.SUBNET_SEPARATED) ? " " : "";
        String version = defects.is(Mutant.PATCH_VERSION) ? "0.7.878" : "0.7";
        String name = subnet + between + encryption + between + version;
        return base58.encode(Bytes.digest("SHA-256", name.getBytes(StandardCharsets.UTF_8)));
    }

    // NID-1.
    String nodeId(byte[] address, byte[] protocolId, byte[] salt) {
        String algorithm = defects.is(Mutant.NODE_ID_SHORT) ? "SHA-256" : "SHA-384";
        return base58.encode(Bytes.digest(algorithm, address, protocolId, salt));
    }
}
