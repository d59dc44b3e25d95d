// SPDX-License-Identifier: MIT
// Which layer of a functional model follows which.
#include <algorithm>
#include <map>

#include "ui/formats/keras_json.h"

namespace ui::formats {

namespace {

using engine::ErrorCode;
using Kind = JsonValue::Kind;

/// The layers whose outputs are called upon: ["conv", 0, 0, {}] in Keras 2, a "__keras_tensor__"
/// with such a history in Keras 3, each in any number of brackets.
void gather_sources(const JsonField& field, std::vector<std::string>& names) {
    if (!field.given()) return;
    const JsonValue& value = *field.value();
    if (value.kind == Kind::array) {
        if (!value.items.empty() && value.items.front().kind == Kind::string) {
            names.push_back(field.at(0).string({}));
            return;
        }
        for (std::size_t i = 0; i < value.items.size(); ++i) gather_sources(field.at(i), names);
    } else if (value.kind == Kind::object) {
        const JsonField class_name = field["class_name"];
        if (class_name.given() && class_name.value()->kind == Kind::string &&
            class_name.string({}) == "__keras_tensor__")
            return gather_sources(field["config"]["keras_history"], names);
        for (const std::string& key : value.keys) gather_sources(field[key], names);
    }
}

std::vector<std::string> sources(const JsonField& field) {
    std::vector<std::string> names;
    gather_sources(field, names);
    return names;
}

struct Link {
    std::string name;
    std::size_t calls = 0;
    std::vector<std::string> sources;
};

/// Is a layer called so that it computes something else than at inference: training=True?
bool trains(const JsonField& field) {
    if (!field.given()) return false;
    const JsonValue& value = *field.value();
    if (value.kind == Kind::array)
        for (std::size_t i = 0; i < value.items.size(); ++i)
            if (trains(field.at(i))) return true;
    if (value.kind != Kind::object) return false;
    const JsonField training = field["training"];
    if (training.given() && training.value()->text != "false" && training.value()->text != "0")
        return true;
    return trains(field["kwargs"]);
}

Link read_link(const JsonField& layer) {
    Link link;
    layer.require_object();
    const JsonField name = layer["name"];
    const JsonField known = name.given() ? name : layer["config"]["name"];
    link.name = known.required().string({});
    if (link.name.empty()) known.refuse("given");
    const JsonField nodes = layer["inbound_nodes"];
    if (nodes.given() && nodes.value()->kind != Kind::array) nodes.refuse("a list of objects");
    if (nodes.given()) link.calls = nodes.value()->items.size();
    if (trains(nodes))
        nodes.note({.code = ErrorCode::unsupported, .subject = link.name, .text = "training=True"});
    link.sources = sources(nodes);
    return link;
}

}  // namespace

std::vector<std::size_t> chain_of(const JsonField& config) {
    const JsonField layers = config["layers"];
    const std::size_t count = layers.required().length(max_layers);
    std::vector<Link> links;
    std::map<std::string, std::size_t> places;
    const auto refuse = [&](std::size_t place) {
        layers.note({.code = ErrorCode::not_a_chain,
                     .text = links[place].name,
                     .layer = static_cast<int>(place)});
        return std::vector<std::size_t>();
    };
    for (std::size_t i = 0; i < count && layers.good(); ++i) {
        links.push_back(read_link(layers.at(i)));
        const bool is_new = places.emplace(links.back().name, i).second;
        // One that is called twice is shared.
        if (!is_new || links.back().calls > 1 || links.back().sources.size() > 1) return refuse(i);
    }
    const std::vector<std::string> inputs = sources(config["input_layers"].required());
    const std::vector<std::string> outputs = sources(config["output_layers"].required());
    if (!layers.good() || count == 0) return {};
    const auto place_of = [&](const std::string& name) -> std::optional<std::size_t> {
        const auto found = places.find(name);
        if (found != places.end()) return found->second;
        layers.note({.code = ErrorCode::no_such_item, .subject = "layer", .text = name});
        return std::nullopt;
    };
    for (const auto& [names, key] :
         {std::pair(&inputs, "input_layers"), std::pair(&outputs, "output_layers")})
        if (names->size() != 1)
            layers.note({.code = ErrorCode::not_a_chain,
                         .subject = key,
                         .given = {static_cast<std::int64_t>(names->size())}});
    if (!layers.good()) return {};

    std::vector<std::size_t> order;
    std::optional<std::size_t> here = place_of(outputs.front());
    while (here) {
        if (order.size() == count) return refuse(*here);  // round and round
        order.push_back(*here);
        const std::vector<std::string>& from = links[*here].sources;
        if (from.empty()) break;
        here = place_of(from.front());
    }
    if (!layers.good()) return {};
    if (links[order.back()].name != inputs.front()) return refuse(order.back());
    for (std::size_t i = 0; i < count; ++i)
        if (std::ranges::find(order, i) == order.end()) return refuse(i);
    std::ranges::reverse(order);
    return order;
}

}  // namespace ui::formats
