package dev.objectos.runtime.plugin.trust;

/**
 * How large a package may be; sizes in bytes.
 *
 * @param archive of the file
 * @param entries how many files and folders it may hold
 * @param entry of one file, unpacked
 * @param total of all files, unpacked
 * @param ratio unpacked to packed, for files above 100 KB; text packs 5 to 30 times smaller
 * @param manifest of the manifest
 */
record PackageLimits(int archive, int entries, int entry, long total, int ratio, int manifest) {

    static final PackageLimits DEFAULT = new PackageLimits(64 << 20, 20_000, 32 << 20, 128L << 20, 200, 64 << 10);

    private static final int SMALL = 100 << 10;

    void checkEntry(String name, long packed, long unpacked) {
        if (unpacked > entry) {
            throw PackageRefusedException
                    .tooLarge(name + " holds " + unpacked + " bytes, more than the " + entry + " allowed for a file");
        }
        if (unpacked > SMALL && unpacked / Math.max(packed, 1) > ratio) {
            throw PackageRefusedException.tooLarge(name + " unpacks to more than " + ratio
                    + " times its size, as zip bombs do");
        }
    }

    void checkTotal(long unpacked) {
        if (unpacked > total) {
            throw PackageRefusedException
                    .tooLarge("the package unpacks to more than the " + total + " bytes allowed");
        }
    }

    void checkCount(int count) {
        if (count > entries) {
            throw PackageRefusedException
                    .tooLarge("the package holds " + count + " files, more than the " + entries + " allowed");
        }
    }
}
