"""Checks what the processor supports, before loading a library that would kill the process without a message."""

import ctypes
import platform
import sys
import sysconfig
from functools import cache
from pathlib import Path

from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

SSE4_2, AVX = "sse4_2", "avx"
"""NumPy needs SSE4.2 as soon as it is imported; TensorFlow needs AVX."""

CPU_INFO = Path("/proc/cpuinfo")

_NOTHING_RAN = 2
_BITS = {SSE4_2: 20, AVX: 28}
"""Bit positions in ECX, the third register that CPUID fills for leaf 1."""
_WINDOWS_FEATURES = {SSE4_2: 38, AVX: 39}
_FIRST_WINDOWS_BUILD = 19041
"""First Windows build that reports these features; earlier builds report them as missing on every processor."""
_MACOS_NAMES = {SSE4_2: b"hw.optional.sse4_2", AVX: b"hw.optional.avx1_0"}
_FIRST_PROCESSOR = 8192
"""Bytes of `/proc/cpuinfo` that include the first processor; reading hundreds of processors takes a while."""


class _CpuidFeature(ctypes.Structure):
    """glibc's `struct cpuid_feature`: the four registers that CPUID fills, then the same with only the bits that programs may use."""

    _fields_ = (("cpuid", ctypes.c_uint * 4), ("active", ctypes.c_uint * 4))


@cache
def lacks(feature: str) -> bool:
    """Return whether the processor is known to lack a feature, `SSE4_2` or `AVX`; False if this cannot be determined."""
    return _has(feature) is False


def _has(feature: str) -> bool | None:
    try:
        if sysconfig.get_platform() == "win-amd64":
            return _has_on_windows(feature)
        if sys.platform == "darwin":
            return _has_on_macos(feature)
        return _has_by_glibc(feature)
    except (AttributeError, OSError, ValueError):  # no such function or file
        return _has_by_cpu_info(feature)


def _has_by_glibc(feature: str) -> bool:
    """Ask glibc (2.33 or later, x86); it queries the processor itself, which also works if the processor is emulated."""
    ask = ctypes.CDLL(None)["__x86_get_cpuid_feature_leaf"]
    ask.restype = ctypes.POINTER(_CpuidFeature)
    return bool(ask(0).contents.active[2] >> _BITS[feature] & 1)


def _has_by_cpu_info(feature: str) -> bool | None:
    try:
        with CPU_INFO.open("rb") as file:
            first = file.read(_FIRST_PROCESSOR).decode("ascii", errors="replace").partition("\n\n")[0]
    except OSError:
        return None
    flags = next((line.partition(":")[2].split() for line in first.splitlines() if line.startswith("flags")), None)
    return None if flags is None else feature in flags


def _has_on_windows(feature: str) -> bool | None:
    if int(platform.version().rpartition(".")[2]) < _FIRST_WINDOWS_BUILD:
        return None
    return bool(ctypes.CDLL("kernel32").IsProcessorFeaturePresent(_WINDOWS_FEATURES[feature]))


def _has_on_macos(feature: str) -> bool | None:
    """Ask macOS, which supports these names on Intel processors, real or emulated."""
    value, size = ctypes.c_int(), ctypes.c_size_t(ctypes.sizeof(ctypes.c_int))
    failed = ctypes.CDLL(None).sysctlbyname(_MACOS_NAMES[feature], ctypes.byref(value), ctypes.byref(size), None, ctypes.c_size_t(0))
    return None if failed else bool(value.value)


def end_without_numpy() -> None:
    """End the process with a message if NumPy would end it without one on this processor.

    Raises:
        SystemExit: The processor lacks what every part of the program needs; the exit status means that nothing could run.
    """
    if lacks(SSE4_2):
        if sys.stderr is not None:
            sys.stderr.write(f"{Message.of(BundleCode.PROCESSOR_TOO_OLD)}\n")
        raise SystemExit(_NOTHING_RAN)
