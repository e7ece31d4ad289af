package dev.objectos.runtime.storage.file.s3;

import dev.objectos.runtime.storage.file.FileStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * A bucket, which nodes share. A file is sent from a small file beside the server, part by part where it is large: memory does not
 * grow with it, and a part can be sent again.
 */
public final class S3FileStore implements FileStore, AutoCloseable {

    public static final String NAME = "s3";

    private static final String CLAIM = "objectos-installation";
    private static final DataSize USUAL_PART = DataSize.ofMegabytes(8);
    private static final int MOST_PARTS = 10_000;
    private static final int BUFFER = 64 << 10;

    private final S3Calls calls;
    private final String bucket;
    private final String prefix;
    private final String place;
    private final long partSize;

    /** @param largest file that is put here */
    public S3FileStore(S3Properties properties, DataSize largest) {
        this(properties, Math.max(USUAL_PART.toBytes(), largest.toBytes() / (MOST_PARTS - 1) + 1));
    }

    /** @param partSize in bytes, from which on files are sent in parts; S3 takes 5 MB and more */
    S3FileStore(S3Properties properties, long partSize) {
        this.calls = S3Calls.of(properties);
        this.bucket = Objects.requireNonNull(properties.bucket(), "objectos.files.s3.bucket");
        this.prefix = properties.prefix();
        this.place = properties.toString();
        this.partSize = partSize;
    }

    /** @throws IllegalStateException where the bucket cannot be used, with what to do */
    public void start() {
        try {
            check();
        } catch (IOException e) {
            throw new IllegalStateException("Files cannot be kept in the " + place + ": " + e.getMessage()
                    + ". Correct objectos.files.s3, or leave it out to keep files on disk", e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String check() throws IOException {
        calls.of(s3 -> s3.headBucket(request -> request.bucket(bucket)));
        return place;
    }

    @Override
    public void put(String key, InputStream content) throws IOException {
        Path part = Files.createTempFile("objectos-file", ".part");
        try {
            long size = fill(part, content);
            if (size < partSize) {
                calls.of(s3 -> s3.putObject(request -> request.bucket(bucket).key(prefix + key),
                        RequestBody.fromFile(part)));
            } else {
                putParts(prefix + key, content, part, size);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void putParts(String key, InputStream content, Path part, long first) throws IOException {
        String upload = calls.of(s3 -> s3.createMultipartUpload(request -> request.bucket(bucket).key(key))).uploadId();
        var sent = new ArrayList<CompletedPart>();
        boolean whole = false;
        try {
            for (long size = first; size > 0; size = fill(part, content)) {
                int number = sent.size() + 1;
                String tag = calls.of(s3 -> s3.uploadPart(
                        request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                        RequestBody.fromFile(part))).eTag();
                sent.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
            }
            calls.of(s3 -> s3.completeMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload)
                    .multipartUpload(parts -> parts.parts(sent))));
            whole = true;
        } finally {
            if (!whole) {
                calls.quietly(s3 -> s3.abortMultipartUpload(
                        request -> request.bucket(bucket).key(key).uploadId(upload)));
            }
        }
    }

    /** Writes the next part of the content to the file. @return how many bytes */
    private long fill(Path part, InputStream content) throws IOException {
        var buffer = new byte[BUFFER];
        long left = partSize;
        try (OutputStream out = Files.newOutputStream(part)) {
            while (left > 0) {
                int got = content.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (got < 0) {
                    break;
                }
                out.write(buffer, 0, got);
                left -= got;
            }
        }
        return partSize - left;
    }

    @Override
    public InputStream open(String key, long from, long length) throws IOException {
        return new Content(calls.of(s3 -> s3.getObject(request -> request.bucket(bucket).key(prefix + key)
                .range("bytes=" + from + "-" + (from + length - 1)))));
    }

    @Override
    public Stream<String> unchangedFor(Duration age) {
        Instant before = Instant.now().minus(age);
        var all = ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build();
        return calls.each(s3 -> s3.listObjectsV2Paginator(all).contents().iterator())
                .filter(object -> object.lastModified().isBefore(before) && !object.key().equals(prefix + CLAIM))
                .map(object -> object.key().substring(prefix.length()));
    }

    @Override
    public void remove(String key) throws IOException {
        calls.of(s3 -> s3.deleteObject(request -> request.bucket(bucket).key(prefix + key)));
    }

    @Override
    public void abandon(Duration age) {
        Instant before = Instant.now().minus(age);
        try (Stream<MultipartUpload> uploads = calls
                .each(s3 -> s3.listMultipartUploadsPaginator(request -> request.bucket(bucket).prefix(prefix)).uploads()
                        .iterator())) {
            // Another node may be at it too.
            uploads.filter(one -> one.initiated().isBefore(before)).toList()
                    .forEach(upload -> calls.quietly(s3 -> s3.abortMultipartUpload(
                            request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()))));
        }
    }

    @Override
    public String claimedBy(String installation) throws IOException {
        Optional<String> claim = claim();
        if (claim.isEmpty()) {
            calls.of(s3 -> s3.putObject(request -> request.bucket(bucket).key(prefix + CLAIM),
                    RequestBody.fromString(installation)));
            claim = claim();
        }
        return claim.orElse(installation);
    }

    private Optional<String> claim() throws IOException {
        return calls.ifThere(s3 -> s3.getObjectAsBytes(request -> request.bucket(bucket).key(prefix + CLAIM)))
                .map(bytes -> bytes.asString(StandardCharsets.UTF_8).strip());
    }

    @Override
    public void close() {
        calls.close();
    }

    /** What is not wanted any more is not read to its end. */
    private static final class Content extends FilterInputStream {

        private final ResponseInputStream<GetObjectResponse> answer;
        private boolean ended;

        Content(ResponseInputStream<GetObjectResponse> answer) {
            super(answer);
            this.answer = answer;
        }

        @Override
        public int read() throws IOException {
            int got = S3Calls.reading(answer::read);
            ended |= got < 0;
            return got;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int got = S3Calls.reading(() -> answer.read(into, from, length));
            ended |= got < 0;
            return got;
        }

        @Override
        public void close() throws IOException {
            if (!ended) {
                answer.abort();
            }
            answer.close();
        }
    }
}
