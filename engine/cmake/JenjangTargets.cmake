# Flags travel on one internal interface target, so that none reaches a consumer.
add_library(jenjang_flags INTERFACE)
target_compile_features(jenjang_flags INTERFACE cxx_std_20)
target_compile_options(jenjang_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wcast-align -Wformat=2
  # Results must not depend on how a compiler contracts a product and a sum.
  -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports impossible bounds inside std::string when it inlines; sanitizers watch the real ones.
  target_compile_options(jenjang_flags INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds)
endif()
if(JENJANG_WERROR)
  target_compile_options(jenjang_flags INTERFACE -Werror)
endif()
if(JENJANG_SANITIZE)
  target_compile_options(jenjang_flags INTERFACE -fsanitize=${JENJANG_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all)
  if(JENJANG_SANITIZE MATCHES "address.*undefined")
    # The address sanitizer stops at a null pointer anyhow; these two checks were a third of the compile time (measured on
    # engine/workspace/workspace.cc: 11.3 s, 7.6 s without). Mapped files keep the one of alignment, see engine/CMakeLists.txt.
    target_compile_options(jenjang_flags INTERFACE -fno-sanitize=null,alignment)
  endif()
  target_link_options(jenjang_flags INTERFACE -fsanitize=${JENJANG_SANITIZE})
endif()

# The modules in order, each with the modules it may use (the table of docs/architecture.md).
set(JENJANG_MODULES base source measure journal graph rules plan facts cascade rollup bulk snapshot synthetic intake explain assess report workspace)
set(JENJANG_USES_base)
set(JENJANG_USES_source base)
set(JENJANG_USES_measure base)
set(JENJANG_USES_journal measure)
set(JENJANG_USES_graph measure)
set(JENJANG_USES_synthetic graph bulk)
set(JENJANG_USES_rules source measure)
set(JENJANG_USES_plan graph rules)
set(JENJANG_USES_facts graph rules)
set(JENJANG_USES_cascade facts)
set(JENJANG_USES_rollup facts)
set(JENJANG_USES_bulk rollup)
set(JENJANG_USES_snapshot bulk)
set(JENJANG_USES_intake source measure)
set(JENJANG_USES_explain cascade rollup)
set(JENJANG_USES_assess plan intake explain)
set(JENJANG_USES_report explain assess)
set(JENJANG_USES_workspace bulk snapshot journal plan cascade rollup intake explain assess report)

# jenjang_module_closure(out module...): the modules and all that they use.
function(jenjang_module_closure out)
  set(todo ${ARGN})
  set(done)
  while(todo)
    list(POP_FRONT todo next)
    if(NOT next IN_LIST done)
      list(APPEND done ${next})
      list(APPEND todo ${JENJANG_USES_${next}})
    endif()
  endwhile()
  set(${out} ${done} PARENT_SCOPE)
endfunction()

# jenjang_link_modules(target module...): link the objects of these modules and all they use, so
# that a test of a low module builds without the high ones.
function(jenjang_link_modules target)
  jenjang_module_closure(modules ${ARGN})
  foreach(module IN LISTS modules)
    if(TARGET jenjang_${module})
      # Precompiled headers count as objects; they are not for the linker.
      target_link_libraries(${target} PRIVATE $<FILTER:$<TARGET_OBJECTS:jenjang_${module}>,EXCLUDE,gch$>)
    endif()
  endforeach()
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/engine/include ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE jenjang_flags yaml-cpp SQLiteCpp OpenSSL::Crypto Threads::Threads)
endfunction()

# jenjang_precompile(target): the standard headers that nearly every source reads, parsed once a target.
function(jenjang_precompile target)
  target_precompile_headers(${target} PRIVATE <algorithm> <cstdint> <filesystem> <functional> <map> <memory> <optional>
                            <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>)
endfunction()
