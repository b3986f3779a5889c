"""A key slot: one person's, service's or paper's way to the register's raw key.

As with age, each slot has an X25519 key pair. The private key is derived from the slot's secret and
never stored; the raw key is sealed to the public one (HPKE, RFC 9180, with AES-256-GCM), so that a
new raw key can be sealed to everybody without their secrets. What the slot is, its id, kind, name
and costs, goes into each seal: change one of them, and the seal no longer opens.
"""

from __future__ import annotations

import json
import os
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NamedTuple

from finsam_tui.errors import Damaged, FieldError
from finsam_tui.storage.process import forget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import Suite

Kind = Literal["person", "recovery", "service"]
KINDS: tuple[Kind, ...] = ("person", "recovery", "service")

MIN_PASSPHRASE = 12
MAX_NAME = 80
SALT_BYTES = 16
PUBLIC_BYTES = 32
_PURPOSE = "finsam key slot 1"


class Cost(NamedTuple):
    """What guessing a passphrase costs: Argon2id's passes, memory in KiB and lanes."""

    passes: int
    memory: int
    lanes: int

    def is_absurd(self) -> bool:
        """Whether a hostile key file asks for so much that opening it is an attack, or nothing."""
        return not (
            1 <= self.passes <= 20  # noqa: PLR2004 - five times the usual is a slow day's limit
            and 8 * 1024 <= self.memory <= 1024 * 1024
            and 1 <= self.lanes <= 16  # noqa: PLR2004
        )


USUAL = Cost(passes=3, memory=64 * 1024, lanes=4)


class Slot(NamedTuple):
    """A slot as it stands in the key file; nothing of it is secret.

    `cost` is None where the secret is random, and stretching would add nothing. `sealed` is the raw
    key by generation: two while the register is given a new one, else one.
    """

    id: str
    kind: Kind
    name: str
    created: str
    cost: Cost | None
    salt: bytes
    public: bytes
    sealed: Mapping[int, bytes]

    def private_key(self, secret: bytes) -> X25519PrivateKey | None:
        """Return the slot's private key, or None when `secret` is not the slot's."""
        private = _private_key(secret, self.salt, self.cost)
        return private if private.public_key().public_bytes_raw() == self.public else None

    def seal(self, raw_key: bytes | bytearray, generation: int, register: str) -> Slot:
        """Return the slot with the raw key of a generation sealed to it."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

        public = X25519PublicKey.from_public_bytes(self.public)
        box = _suite().encrypt(raw_key, public, info=self._what(generation, register))
        return self._replace(sealed={**self.sealed, generation: box})

    def unseal(self, private: X25519PrivateKey, generation: int, register: str) -> bytearray:
        """Return the raw key of a generation; raises Damaged where the seal does not open."""
        from cryptography.exceptions import InvalidTag

        info = self._what(generation, register)
        try:
            return bytearray(_suite().decrypt(self.sealed[generation], private, info=info))
        except InvalidTag:
            raise Damaged(
                "nyckelfilen har ändrats av något annat än finsam; återställ den från en kopia."
            ) from None

    def _what(self, generation: int, register: str) -> bytes:
        """Return what the seal is bound to, besides the public key, which HPKE binds by itself."""
        what = [_PURPOSE, register, generation, self.id, self.kind, self.name, self.cost]
        return json.dumps([*what, self.salt.hex()]).encode("ascii")


def new_slot(kind: Kind, name: str, secret: bytes, created: str, cost: Cost | None = None) -> Slot:
    """Return a slot that opens with `secret`; nothing is sealed to it yet."""
    salt = os.urandom(SALT_BYTES)
    public = _private_key(secret, salt, cost).public_key().public_bytes_raw()
    return Slot(os.urandom(4).hex(), kind, name, created, cost, salt, public, {})


def check_passphrase(passphrase: str) -> None:
    """Raise FieldError where a new passphrase is too short."""
    if len(passphrase_secret(passphrase).decode("utf-8").strip()) < MIN_PASSPHRASE:
        raise FieldError(
            f"Lösenfrasen ska ha minst {MIN_PASSPHRASE} tecken; ta hellre fyra ord än ett svårt."
        )


def passphrase_secret(passphrase: str) -> bytes:
    """Return the bytes of a passphrase, the same from every keyboard: å is one character or two."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "replace")


@contextmanager
def secret_of(passphrase: str) -> Iterator[bytes]:
    """Give the bytes of a passphrase for the block, and overwrite them after it."""
    secret = passphrase_secret(passphrase)
    try:
        yield secret
    finally:
        forget(secret)


def _private_key(secret: bytes, salt: bytes, cost: Cost | None) -> X25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    derived = _expand(secret, salt) if cost is None else _stretch(secret, salt, cost)
    return X25519PrivateKey.from_private_bytes(derived)


def _stretch(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(secret, salt, cost.passes, cost.memory, cost.lanes, 32, Type.ID)


def _expand(secret: bytes, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, _PURPOSE.encode("ascii")).derive(secret)


def _suite() -> Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
