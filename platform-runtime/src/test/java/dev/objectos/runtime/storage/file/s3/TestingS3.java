package dev.objectos.runtime.storage.file.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A server that speaks the language of S3 over a folder, and checks the signatures of requests. */
final class TestingS3 implements AutoCloseable {

    static final String ACCESS = "testing";
    static final String SECRET = "testing-secret";

    private final BlobStore blobs;
    private final S3Proxy server;

    private TestingS3(BlobStore blobs, S3Proxy server) {
        this.blobs = blobs;
        this.server = server;
    }

    /** @param bucket that is there already */
    static TestingS3 open(Path folder, String bucket) throws Exception {
        var properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", folder.toString());
        BlobStore blobs = BlobStores.create("filesystem-nio2", properties);
        blobs.createContainer(bucket);
        S3Proxy server = S3Proxy.builder().blobStore(blobs).endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS, SECRET).build();
        server.start();
        return new TestingS3(blobs, server);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** Begins to send a file in parts, and never ends. */
    void begin(String bucket, String key) {
        try (S3Client client = S3Client.builder().region(Region.US_EAST_1).endpointOverride(endpoint())
                .forcePathStyle(true).credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS, SECRET)))
                .build()) {
            client.createMultipartUpload(request -> request.bucket(bucket).key(key));
        }
    }

    long unfinished(String bucket, String prefix) {
        return blobs.listMultipartUploads(bucket).stream().filter(upload -> upload.key().startsWith(prefix)).count();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        blobs.close();
    }
}
