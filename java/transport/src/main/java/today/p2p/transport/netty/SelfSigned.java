package today.p2p.transport.netty;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A key and a certificate for it that nobody vouches for, valid from yesterday for ten years, as 0.7 makes them.
 * EC P-256: its keys cost a thousandth of RSA's, and every TLS 1.2 has it.
 *
 * @param key the private key
 * @param certificate signed by that key
 */
record SelfSigned(PrivateKey key, X509Certificate certificate) {
    // 1.2.840.10045.4.3.2, ecdsa-with-SHA256, and 2.5.4.3, commonName: tag, length, content.
    private static final byte[] ECDSA_SHA256 = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};
    private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};
    private static final int FIRST_GENERALIZED_YEAR = 2050;
    private static final int SERIAL_BITS = 120;
    private static final int YEARS = 10;

    static SelfSigned create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] body = body(pair);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(body);
            byte[] der = Der.sequence(body, Der.sequence(ECDSA_SHA256), Der.bitString(signature.sign()));
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return new SelfSigned(
                    pair.getPrivate(), (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no EC P-256", missing);
        }
    }

    // RFC 5280, 4.1: version 3, serial, algorithm, issuer, validity, subject, key. No extension.
    private static byte[] body(KeyPair pair) {
        OffsetDateTime from = OffsetDateTime.now(ZoneOffset.UTC).minusDays(1);
        OffsetDateTime to = from.plusYears(YEARS);
        byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8("unverified"))));
        return Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE)),
                Der.sequence(ECDSA_SHA256),
                name,
                Der.sequence(time(from), time(to)),
                name,
                pair.getPublic().getEncoded());
    }

    // RFC 5280, 4.1.2.5: two digits of the year before 2050, four from then on.
    private static byte[] time(OffsetDateTime when) {
        boolean isLate = when.getYear() >= FIRST_GENERALIZED_YEAR;
        String text = when.format(DateTimeFormatter.ofPattern((isLate ? "uuuu" : "uu") + "MMddHHmmss'Z'"));
        return isLate ? Der.generalizedTime(text) : Der.utcTime(text);
    }
}
