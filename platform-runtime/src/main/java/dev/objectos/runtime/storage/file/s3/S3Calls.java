package dev.objectos.runtime.storage.file.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A client of S3 that says what went wrong as an {@link IOException}, with what to do about it. */
final class S3Calls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(S3Calls.class);
    /** Of this node at a time; who comes later waits for one. */
    private static final int CONNECTIONS = 100;
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final S3Client client;

    private S3Calls(S3Client client) {
        this.client = client;
    }

    static S3Calls of(S3Properties properties) {
        var builder = S3Client.builder().region(Region.of(properties.region()))
                .forcePathStyle(properties.bucketInPath()).credentialsProvider(credentials(properties))
                // Others than AWS stumble over the trailers that checksums beyond these need.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(CONNECTIONS)
                        .connectionTimeout(CONNECTING).socketTimeout(SILENCE));
        if (properties.endpoint() != null) {
            builder.endpointOverride(properties.endpoint());
        }
        return new S3Calls(builder.build());
    }

    private static AwsCredentialsProvider credentials(S3Properties properties) {
        String access = properties.accessKey();
        String secret = properties.secretKey();
        return access == null || secret == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(access, secret));
    }

    /** @throws NoSuchFileException where there is no such object */
    <T> T of(Function<S3Client, T> call) throws IOException {
        try {
            return call.apply(client);
        } catch (SdkException e) {
            throw told(e);
        }
    }

    /** Empty where there is no such object. */
    <T> Optional<T> ifThere(Function<S3Client, T> call) throws IOException {
        try {
            return Optional.of(of(call));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** What fails is left to others; it is only noted. */
    void quietly(Consumer<S3Client> call) {
        try {
            call.accept(client);
        } catch (SdkException e) {
            LOG.debug("Something begun in the store of files could not be taken back; it is found again later", e);
        }
    }

    /** The elements of an answer of many pages. @throws UncheckedIOException while they are gone through */
    <T> Stream<T> each(Function<S3Client, Iterator<T>> call) {
        return StreamSupport.stream(() -> Spliterators.spliteratorUnknownSize(new Elements<>(call.apply(client)), 0),
                0, false);
    }

    /** A reading of an answer that is under way. */
    interface Reading {

        int read() throws IOException;
    }

    static int reading(Reading reading) throws IOException {
        try {
            return reading.read();
        } catch (SdkException e) {
            throw told(e);
        }
    }

    private static IOException told(SdkException failure) {
        return switch (failure) {
            case S3Exception answered -> told(answered);
            case SdkClientException unanswered when String.valueOf(unanswered.getMessage()).contains("credentials") ->
                new IOException("there are no credentials: set OBJECTOS_FILES_S3_ACCESSKEY and "
                        + "OBJECTOS_FILES_S3_SECRETKEY, or give the machine a role", failure);
            default -> new IOException("it does not answer (" + failure.getMessage() + ")", failure);
        };
    }

    private static IOException told(S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        // An answer to HEAD has no body that could name it.
        String code = details == null || details.errorCode() == null
                ? "status " + answer.statusCode()
                : details.errorCode();
        return switch (answer.statusCode()) {
            case 404 -> code.equals("NoSuchKey")
                    ? named(new NoSuchFileException("a file is not in the bucket any more"), answer)
                    : new IOException("there is no such bucket; make it", answer);
            case 403 ->
                new IOException("it refuses (" + code + "): look at the credentials, and let them list the bucket "
                        + "and read, write and delete in it", answer);
            case 301, 400 -> new IOException("it refuses (" + code + "): look at the region and the endpoint", answer);
            default -> new IOException("it fails (" + code + ")", answer);
        };
    }

    private static IOException named(IOException told, S3Exception cause) {
        told.initCause(cause);
        return told;
    }

    @Override
    public void close() {
        client.close();
    }

    /** Asks for the next page when its turn comes. */
    private record Elements<T>(Iterator<T> pages) implements Iterator<T> {

        @Override
        public boolean hasNext() {
            try {
                return pages.hasNext();
            } catch (SdkException e) {
                throw new UncheckedIOException(told(e));
            }
        }

        @Override
        public T next() {
            return pages.next();
        }
    }
}
