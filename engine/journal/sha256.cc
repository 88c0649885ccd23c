#include "engine/journal/sha256.h"

#include <new>
#include <openssl/evp.h>
#include <string>

namespace jenjang {
namespace journal {

struct Sha256::State {
  EVP_MD* method = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() {
    EVP_MD_CTX_free(context);
    EVP_MD_free(method);
  }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  if (state_->method == nullptr || state_->context == nullptr) throw std::bad_alloc();
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Digest Sha256::operator()(std::string_view bytes) {
  Digest digest{};
  // These fail only when memory runs out.
  if (EVP_DigestInit_ex2(state_->context, state_->method, nullptr) != 1 ||
      EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(state_->context, digest.data(), nullptr) != 1)
    throw std::bad_alloc();
  return digest;
}

}  // namespace journal

Digest digest_of(std::string_view bytes) {
  return journal::Sha256()(bytes);
}

std::string to_hex(const Digest& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * digest.size());
  for (const std::uint8_t byte : digest) {
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 15U];
  }
  return hex;
}

std::optional<Digest> parse_digest(std::string_view hex) {
  Digest digest{};
  if (hex.size() != 2 * digest.size()) return std::nullopt;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const char c = hex[i];
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    digest[i / 2] = static_cast<std::uint8_t>(digest[i / 2] << 4U | digit);
  }
  return digest;
}

std::span<const std::string_view> entry_kind_words() {
  static constexpr std::array<std::string_view, 11> kWords{"realisasi",     "koreksi",   "validasi", "nilai-usulan",
                                                           "nilai-putusan", "sanggahan", "bukti",    "penandatanganan",
                                                           "penetapan",     "catatan",   "masukan"};
  return kWords;
}

}  // namespace jenjang
